// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const std::string kWindows = "C:\\Windows\\Temp";
const std::string kSystem = "C:\\Windows\\SystemTemp";
const std::string kOwn = "C:\\Users\\maria.lopez\\AppData\\Local\\Temp";

const RootCause& Cause()
{
    return *FindRootCause("credentials.temp_folder_unwritable");
}

std::vector<Finding> Bad(const Outcome& outcome)
{
    return std::get<std::vector<Finding>>(outcome.facts.at("folders"));
}

} // namespace

TEST_CASE("temp_folder_unwritable: folders that are there and may be written to pass")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.facts.at("good_folders") == Fact(std::vector<std::string>{kWindows, kOwn}));
}

TEST_CASE("temp_folder_unwritable: a folder that is missing, or is a file, is an error")
{
    for (const std::string& folder : {kWindows, kOwn})
    {
        RecordedMachine machine = HealthyServer();
        Edit(machine, ReadFileInfo{folder}, [](FileInfo& info) { info.attributes = 0x20; });
        CheckProblem(Detect(Cause(), machine), Level::kError, "missing");
        machine.Set(ReadFileInfo{folder}, Absent{});
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError, "missing");
        CHECK(Bad(outcome).size() == 1);
        CHECK(Bad(outcome)[0].subject == folder);
        CHECK(Bad(outcome)[0].token == "folder_missing");
    }
}

TEST_CASE("temp_folder_unwritable: each folder has to let its own account write")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFolderAccess{kWindows}, FolderAccess{true, false});
    machine.Set(ReadFolderAccess{kOwn}, FolderAccess{false, true});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadFolderAccess{kWindows}, FolderAccess{false, true});
    CheckProblem(Detect(Cause(), machine), Level::kError, "not_writable");
    machine.Set(ReadFolderAccess{kOwn}, FolderAccess{true, false});
    CHECK(Bad(Detect(Cause(), machine)).size() == 2);
}

TEST_CASE("temp_folder_unwritable: a volume with less than 1 MiB is full")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVolume{kOwn}, [](VolumeInfo& volume) { volume.freeBytes = 1024 * 1024; });
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, ReadVolume{kOwn}, [](VolumeInfo& volume) { volume.freeBytes = 1024 * 1024 - 1; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "full");
}

TEST_CASE("temp_folder_unwritable: SystemTemp counts where Windows has GetTempPath2")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadWindowsVersion{}, [](WindowsVersion& version) { version.systemTempFolder = true; });
    machine.Set(ReadFileInfo{kSystem}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "missing");
    CHECK(Bad(outcome)[0].subject == kSystem);
}

TEST_CASE("temp_folder_unwritable: where the user is SYSTEM one folder is for both")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(FindFolder{KnownFolder::kUserTemp}, PathText{"c:\\windows\\TEMP"});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadFolderAccess{kWindows}, FolderAccess{true, false});
    CheckProblem(Detect(Cause(), machine), Level::kError, "not_writable");
}

TEST_CASE("temp_folder_unwritable: what cannot be read lets nothing pass and hides no problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFolderAccess{kWindows}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadFileInfo{kOwn}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "missing");
    machine = HealthyServer();
    machine.Set(ReadVolume{kOwn}, Failure{21, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), 21);
    machine = HealthyServer();
    machine.Set(FindFolder{KnownFolder::kUserTemp}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{code::kAccessDenied, "x"});
    CHECK(Detect(Cause(), machine).kind == OutcomeKind::kCouldNotCheck);
    machine = HealthyServer();
    machine.Set(ReadWindowsVersion{}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

} // namespace mars::test
