// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "scratch.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.key_file_missing");
}

} // namespace

TEST_CASE("key_file_missing: a key file in the scratch folder passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("scratch_folder") == kScratch);
    CHECK(outcome.facts.at("key_file_written") == Fact(kNow - std::chrono::days(200)));
}

TEST_CASE("key_file_missing: none anywhere is an error")
{
    RecordedMachine machine = HealthyServer();
    SetKeyFile(machine, kScratch, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError);
    CHECK_FALSE(outcome.facts.contains("found_in"));
}

TEST_CASE("key_file_missing: one left behind in the default folder is said")
{
    RecordedMachine machine = HealthyServer();
    AddOtherFolder(machine);
    SetLocations(machine, kOther, kOther);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "found_elsewhere");
    CHECK(outcome.facts.at("found_in") == Fact(std::vector<std::string>{kScratch}));
}

TEST_CASE("key_file_missing: where the two values differ the folder with the key file is the scratch folder")
{
    RecordedMachine machine = HealthyServer();
    AddOtherFolder(machine);
    SetLocations(machine, kOther, kScratch);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("key_file_missing: another place that cannot be asked hides no problem")
{
    RecordedMachine machine = HealthyServer();
    AddOtherFolder(machine);
    SetLocations(machine, kOther, kOther);
    SetKeyFile(machine, kScratch, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("key_file_missing: a file that cannot be asked could not be checked")
{
    RecordedMachine machine = HealthyServer();
    SetKeyFile(machine, kScratch, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ReadFileInfo{kScratch}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ReadRegistryValue{kProviderValue}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("key_file_missing: needs the agent, a scratch folder and a registration")
{
    CheckNeedsAgent(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    SetKeyFile(machine, kScratch, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);
    machine.Set(ReadFileInfo{kScratch}, KeyFile());
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);
    SetLocations(machine, "Scratch", "Scratch");
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);

    machine = HealthyServer();
    SetKeyFile(machine, kScratch, Absent{});
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}}, Absent{});
    }
    CheckNotApplicable(Detect(Cause(), machine), reason::kNotRegistered);
}

} // namespace mars::test
