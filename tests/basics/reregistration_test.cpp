// SPDX-License-Identifier: MIT
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
    return *FindRootCause("basics.reregistration");
}

const ReadRegistryValue kVault{{std::string(kAgentKey) + "\\Config", "ServiceResourceName"}};
const ReadRegistryValue kMachine{{std::string(kAgentKey) + "\\Config", "MachineId"}};
const ReadRegistryValue kResource{{std::string(kAgentKey) + "\\Config", "ResourceId"}};

} // namespace

TEST_CASE("reregistration: is for a person to judge, with what the registry says")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CHECK(outcome.kind == OutcomeKind::kManual);
    CHECK(outcome.Text("case") == "registered_with");
    CHECK(outcome.Text("vault") == "ContosoVault");
    CHECK(outcome.facts.at("agent_installed") == Fact(true));
}

TEST_CASE("reregistration: registered without a vault's name, and not registered")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kVault, Absent{});
    const Outcome nameless = Detect(Cause(), machine);
    CHECK(nameless.kind == OutcomeKind::kManual);
    CHECK(nameless.Text("case") == "registered");
    machine.Set(kMachine, Absent{});
    machine.Set(kResource, Absent{});
    const Outcome none = Detect(Cause(), machine);
    CHECK(none.kind == OutcomeKind::kManual);
    CHECK(none.Text("case") == "not_registered");
}

TEST_CASE("reregistration: stays manual where nothing can be read, and without an agent")
{
    RecordedMachine machine = HealthyServer();
    for (const ReadRegistryValue& value : {kVault, kMachine, kResource})
    {
        machine.Set(value, Failure{code::kAccessDenied, "registration"});
    }
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(outcome.kind == OutcomeKind::kManual);
    CHECK(outcome.Text("case") == "");
    machine = HealthyServer();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CHECK(Detect(Cause(), machine).kind == OutcomeKind::kManual);
    CHECK(Detect(Cause(), machine).facts.at("agent_installed") == Fact(false));
}

} // namespace mars::test
