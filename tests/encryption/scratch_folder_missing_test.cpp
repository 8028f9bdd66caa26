// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/volumes.h"
#include "scratch.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.scratch_folder_missing");
}

RecordedMachine OnDrive(DriveKind kind)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVolume{kScratch}, [&](VolumeInfo& volume) { volume.kind = kind; });
    return machine;
}

} // namespace

TEST_CASE("scratch_folder_missing: a folder on a local fixed drive passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("scratch_folder") == kScratch);
}

TEST_CASE("scratch_folder_missing: no folder and a file of its name are an error")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "folder_missing");
    machine.Set(ReadFileInfo{kScratch}, KeyFile());
    CheckProblem(Detect(Cause(), machine), Level::kError, "folder_missing");
}

TEST_CASE("scratch_folder_missing: every drive that is not fixed is an error, also where the folder is there")
{
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kRemote)), Level::kError, "on_network");
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kRemovable)), Level::kError, "not_fixed");
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kOptical)), Level::kError, "not_fixed");
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kRamDisk)), Level::kError, "not_fixed");
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kMissing)), Level::kError, "drive_missing");
    CheckCouldNotCheck(Detect(Cause(), OnDrive(DriveKind::kUnknown)), code::kNotSupported);
}

TEST_CASE(
    "scratch_folder_missing: a drive that is gone is an error whatever a question about the folder says")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVolume{kScratch}, Absent{});
    machine.Set(ReadFileInfo{kScratch}, Failure{21, "not ready"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "drive_missing");
}

TEST_CASE("scratch_folder_missing: a share is an error without asking it")
{
    RecordedMachine machine = HealthyServer();
    SetLocations(machine, "\\\\nas\\mars\\Scratch", "\\\\nas\\mars\\Scratch");
    CheckProblem(Detect(Cause(), machine), Level::kError, "on_network");
}

TEST_CASE("scratch_folder_missing: values that name no folder are an error, missing ones mean the default")
{
    RecordedMachine machine = HealthyServer();
    SetLocations(machine, "Scratch", "");
    CheckProblem(Detect(Cause(), machine), Level::kError, "no_folder_named");
    machine.Set(ReadRegistryValue{kConfigValue}, Absent{});
    machine.Set(ReadRegistryValue{kProviderValue}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("scratch_folder_missing: what cannot be asked could not be checked")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVolume{kScratch}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "folder_missing");
    machine = HealthyServer();
    machine.Set(ReadFileInfo{kScratch}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadRegistryValue{kConfigValue}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("scratch_folder_missing: needs the agent")
{
    CheckNeedsAgent(Cause());
}

} // namespace mars::test
