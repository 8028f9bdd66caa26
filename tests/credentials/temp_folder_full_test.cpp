// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("credentials.temp_folder_full");
}

const CountTempFiles kTemp{"C:\\Windows\\Temp"};
const CountTempFiles kSystemTemp{"C:\\Windows\\SystemTemp"};

TempFileCount Holding(std::uint64_t files)
{
    TempFileCount count;
    count.all = {files, files * 10};
    count.olderThanDay = {files / 2, files * 4};
    count.olderThanHour = {files / 2 + 100, files * 5};
    count.largestPrefix = "tmp";
    count.largestPrefixFiles = files / 3;
    return count;
}

RecordedMachine With(std::uint64_t files)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kTemp, Holding(files));
    return machine;
}

RecordedMachine WithBoth(std::uint64_t temp, const Answer<TempFileCount>& systemTemp)
{
    RecordedMachine machine = With(temp);
    Edit(machine, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.systemTempFolder = true; });
    machine.Set(kSystemTemp, systemTemp);
    return machine;
}

} // namespace

TEST_CASE("temp_folder_full: few files pass")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("folder") == kTemp.folder);
    CHECK(outcome.facts.at("files") == Fact(std::int64_t{1200}));
    CHECK(outcome.facts.at("largest_prefix_files") == Fact(std::int64_t{900}));
}

TEST_CASE("temp_folder_full: more than 30,000 files are a warning")
{
    CheckPassed(Detect(Cause(), With(30'000)));
    CheckProblem(Detect(Cause(), With(30'001)), Level::kWarning, "filling");
}

TEST_CASE("temp_folder_full: more than 60,000 files are an error")
{
    CheckProblem(Detect(Cause(), With(60'000)), Level::kWarning, "filling");
    CheckProblem(Detect(Cause(), With(60'001)), Level::kError, "full");
}

TEST_CASE("temp_folder_full: SystemTemp counts where Windows uses it, each folder for itself")
{
    const Outcome outcome = Detect(Cause(), WithBoth(10, Holding(60'001)));
    CheckProblem(outcome, Level::kError, "full");
    CHECK(outcome.Text("folder") == kSystemTemp.folder);
    CHECK(outcome.facts.at("all_folders")
        == Fact(std::vector<std::string>{"C:\\Windows\\Temp: 10", "C:\\Windows\\SystemTemp: 60001"}));
    CheckPassed(Detect(Cause(), WithBoth(30'000, Holding(30'000))));

    RecordedMachine older = With(10);
    older.Set(kSystemTemp, Holding(60'001));
    CheckPassed(Detect(Cause(), older));
}

TEST_CASE("temp_folder_full: a folder that is not there holds nothing")
{
    CheckPassed(Detect(Cause(), WithBoth(10, Absent{})));
}

TEST_CASE("temp_folder_full: a folder that may not be read is no pass")
{
    CheckCouldNotCheck(
        Detect(Cause(), WithBoth(10, Failure{code::kAccessDenied, "open"})), code::kAccessDenied);
    RecordedMachine machine = HealthyServer();
    machine.Set(kTemp, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("temp_folder_full: what one folder shows stands although the other cannot be read")
{
    CheckProblem(Detect(Cause(), WithBoth(60'001, Failure{5, "open"})), Level::kError, "full");
    CheckProblem(Detect(Cause(), WithBoth(30'001, Failure{5, "open"})), Level::kWarning, "filling");
}

TEST_CASE("temp_folder_full: an unknown Windows is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadWindowsVersion{}, Failure{code::kTimeout, "read"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(FindFolder{KnownFolder::kWindows}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{2, "find"});
    CheckCouldNotCheck(Detect(Cause(), machine), 2);
}

TEST_CASE("temp_folder_full: is judged without an agent")
{
    RecordedMachine machine = With(60'001);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "full");
}

TEST_CASE("temp_folder_full: the repair deletes what is a day old, in the folders that are over")
{
    const RepairProposal proposal = Propose(Cause(), WithBoth(40'000, Holding(30'000)));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(proposal.plan.changes == std::vector<Change>{DeleteTemporaryFiles{kTemp.folder, 20'000, 160'000}});
    CHECK_FALSE(IsReversible(proposal.plan));
    CHECK_FALSE(proposal.plan.disturbs);
    CHECK(Propose(Cause(), WithBoth(40'000, Holding(30'001))).plan.changes.size() == 2);
}

TEST_CASE("temp_folder_full: where more than 60,000 would stay the repair deletes what is an hour old")
{
    const RepairProposal crowded = Propose(Cause(), With(120'002));
    CHECK(crowded.plan.changes == std::vector<Change>{DeleteTemporaryFiles{kTemp.folder, 60'101, 600'010}});
    const RepairProposal enough = Propose(Cause(), With(120'000));
    CHECK(enough.plan.changes == std::vector<Change>{DeleteTemporaryFiles{kTemp.folder, 60'000, 480'000}});
}

TEST_CASE("temp_folder_full: files that are all new are left to the person")
{
    TempFileCount count = Holding(70'000);
    count.olderThanDay = {};
    count.olderThanHour = {};
    RecordedMachine machine = HealthyServer();
    machine.Set(kTemp, count);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.kind == RepairProposal::Kind::kGuided);
    CHECK(proposal.reason == "temp_files_too_new");
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
