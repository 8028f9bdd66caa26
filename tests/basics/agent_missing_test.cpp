// SPDX-License-Identifier: MIT
#include "agent.h"
#include "catalogue.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.agent_missing");
}

const std::string kEngine = std::string(kInstallPath) + "bin\\cbengine.exe";
const ReadRegistryValue kPathValue{{kAgentSetupKey, "InstallPath"}};

} // namespace

TEST_CASE("agent_missing: an installed agent passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("engine_file") == kEngine);
}

TEST_CASE("agent_missing: no Setup key is a problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kPathValue, Absent{});
    machine.Set(ListRegistryKey{kAgentSetupKey}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "not_installed");
}

TEST_CASE("agent_missing: a key without the program is a problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kEngine}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "program_missing");
    FileInfo folder;
    folder.attributes = file_attribute::kDirectory;
    machine.Set(ReadFileInfo{kEngine}, folder);
    CheckProblem(Detect(Cause(), machine), Level::kError, "program_missing");
}

TEST_CASE("agent_missing: without an install path the documented folder is looked at")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kPathValue, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(FindFolder{KnownFolder::kProgramFiles}, Failure{code::kNotSupported, "find"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
}

TEST_CASE("agent_missing: what cannot be read is not missing")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kEngine}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(kPathValue, Failure{code::kTimeout, "read"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

} // namespace mars::test
