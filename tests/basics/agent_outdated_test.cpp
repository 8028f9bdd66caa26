// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_versions.h"
#include "catalogue.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.agent_outdated");
}

const ReadFileVersion kEngineVersion{std::string(kInstallPath) + "bin\\cbengine.exe"};
const ReadRegistryValue kVault{{kAgentConfigKey, "ServiceResourceName"}};
const ReadRegistryValue kMachineId{{kAgentConfigKey, "MachineId"}};

RecordedMachine WithVersion(const FileVersion& version)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEngineVersion, version);
    return machine;
}

RecordedMachine Unregistered(const FileVersion& version)
{
    RecordedMachine machine = WithVersion(version);
    machine.Set(kVault, Absent{});
    machine.Set(kMachineId, Absent{});
    return machine;
}

} // namespace

TEST_CASE("agent_outdated: the newest known version passes, and so does a newer one")
{
    FileVersion version = KnownAgentVersions().Newest();
    CheckPassed(Detect(Cause(), WithVersion(version)));
    ++version.build;
    const Outcome outcome = Detect(Cause(), WithVersion(version));
    CheckPassed(outcome);
    CHECK(outcome.Text("version") == version.ToString());
}

TEST_CASE("agent_outdated: one below the newest known is a warning")
{
    FileVersion version = KnownAgentVersions().Newest();
    --version.build;
    CheckProblem(Detect(Cause(), WithVersion(version)), Level::kWarning, "not_newest");
}

TEST_CASE("agent_outdated: below 2.0.9083.0 is an error, registered or not")
{
    CheckProblem(Detect(Cause(), WithVersion({2, 0, 9082, 65535})), Level::kError, "unsupported");
    CheckProblem(Detect(Cause(), Unregistered({1, 9, 9999, 0})), Level::kError, "unsupported");
    CheckProblem(Detect(Cause(), WithVersion({2, 0, 9083, 0})), Level::kWarning, "no_new_registration");
}

TEST_CASE("agent_outdated: below 2.0.9249.0 is an error only when the server is not registered")
{
    CheckProblem(Detect(Cause(), WithVersion({2, 0, 9248, 9})), Level::kWarning, "no_new_registration");
    CheckProblem(Detect(Cause(), Unregistered({2, 0, 9248, 9})), Level::kError, "cannot_register");
    CheckProblem(Detect(Cause(), Unregistered({2, 0, 9249, 0})), Level::kWarning, "not_newest");
}

TEST_CASE("agent_outdated: an unknown registration leaves the level open")
{
    RecordedMachine machine = Unregistered({2, 0, 9200, 0});
    machine.Set(kVault, Failure{code::kAccessDenied, "read"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("agent_outdated: without an agent there is nothing to judge")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kEngineVersion.path}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
    machine = HealthyServer();
    machine.Set(kEngineVersion, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("agent_outdated: a version that cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEngineVersion, Failure{1813, "read the version"});
    CheckCouldNotCheck(Detect(Cause(), machine), 1813);
}

} // namespace mars::test
