// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_versions.h"
#include "basics/agent_outdated.h"
#include "catalogue.h"
#include "knowledge.h"
#include "questions/files.h"
#include "questions/registry.h"
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

TEST_CASE("agent_outdated: the newest agents of Azure Backup and of Site Recovery pass, and so do newer ones")
{
    for (const AgentVersions::Branch& branch : KnownAgentVersions().branches)
    {
        FileVersion version = branch.Newest().version;
        CheckPassed(Detect(Cause(), WithVersion(version)));
        ++version.build;
        const Outcome outcome = Detect(Cause(), WithVersion(version));
        CheckPassed(outcome);
        CHECK(outcome.Text("version") == version.ToString());
        CHECK(outcome.Text("newest_known") == branch.Newest().version.ToString());
    }
}

TEST_CASE("agent_outdated: an agent is compared within its own branch only")
{
    const Outcome azureBackup = Detect(Cause(), WithVersion({2, 0, 9415, 0}));
    CheckPassed(azureBackup);
    CHECK(azureBackup.Text("branch") == "azure_backup");
    const Outcome common = Detect(Cause(), WithVersion({2, 0, 9263, 0}));
    CheckPassed(common);
    CHECK(common.Text("branch") == "common");
    CHECK(common.Text("released") == "2023-11");
}

TEST_CASE("agent_outdated: more than 18 months behind its branch is advice, with the dates of both versions")
{
    // Nothing above the minimums is that old in today's table.
    const RootCause byOtherTable{Cause().id, Cause().code, RepairKind::kGuided, true,
        [](const MachineView& machine, const Given&) {
            const auto known = ParseAgentVersions(R"(<agent_versions>
                <minimum of="supported" version="2.0.9083.0"/>
                <minimum of="registration" version="2.0.9249.0"/>
                <minimum of="offline_seeding" version="2.0.9250.0"/>
                <branch name="azure_backup" from="2.0.9400.0">
                    <version number="2.0.9414.0" released="2024-04"/>
                    <version number="2.0.9415.0" released="2024-05"/>
                    <version number="2.0.9506.0" released="2025-11"/>
                </branch></agent_versions>)");
            return basics::JudgeAgentVersion(machine, *machine.Ask(kEngineVersion), *known);
        },
        nullptr};
    const Outcome outcome = Detect(byOtherTable, WithVersion({2, 0, 9414, 0}));
    CheckProblem(outcome, Level::kAdvice, "not_newest");
    CHECK(outcome.Text("released") == "2024-04");
    CHECK(outcome.Text("newest_known") == "2.0.9506.0");
    CHECK(outcome.Text("newest_released") == "2025-11");
    CheckPassed(Detect(byOtherTable, WithVersion({2, 0, 9415, 0})));
}

TEST_CASE("agent_outdated: it is said that the agent does not update itself")
{
    const Outcome advice = Outcome::Problem(Level::kAdvice, {{"case", std::string("not_newest")}});
    for (const Outcome& outcome : {Outcome::Passed(), advice})
    {
        const auto text = [&](Language language) {
            return BuiltInKnowledge().TextFor(Cause().id, outcome, language).meaning;
        };
        CHECK(text(Language::kEnglish).find("does not update itself") != std::string::npos);
        CHECK(text(Language::kSpanish).find("o se actualiza por sí solo") != std::string::npos);
    }
}

TEST_CASE("agent_outdated: only an agent that the service refuses has to be registered again")
{
    const auto steps = [](const FileVersion& version) {
        std::string all;
        for (const GuidedStep& step :
            BuiltInKnowledge()
                .TextFor(Cause().id, Detect(Cause(), WithVersion(version)), Language::kEnglish)
                .steps)
        {
            all += step.text + "\n";
        }
        return all;
    };
    CHECK(steps({2, 0, 9082, 0}).find("register the server again") != std::string::npos);
    CHECK(steps({2, 0, 9083, 0}).find("register the server again") == std::string::npos);
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
    CheckPassed(Detect(Cause(), Unregistered({2, 0, 9249, 0})));
    CheckPassed(Detect(Cause(), WithVersion({2, 0, 9249, 0})));
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
