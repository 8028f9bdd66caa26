// SPDX-License-Identifier: MIT
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
    return *FindRootCause("basics.server_removal");
}

RecordedMachine Without(const std::vector<std::string>& values)
{
    RecordedMachine machine = HealthyServer();
    for (const std::string& name : values)
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}}, Absent{});
    }
    return machine;
}

void CheckManual(const Outcome& outcome, const std::string& textCase)
{
    CHECK(outcome.kind == OutcomeKind::kManual);
    CHECK(outcome.Text("case") == textCase);
}

} // namespace

TEST_CASE("server_removal: is for a person to decide, with the vault that the registry names")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckManual(outcome, "registered_with");
    CHECK(outcome.Text("vault") == "ContosoVault");
    CHECK(outcome.facts.at("registered") == Fact(true));
}

TEST_CASE("server_removal: registered without a vault's name, and not registered")
{
    CheckManual(Detect(Cause(), Without({"ServiceResourceName"})), "registered");
    const Outcome none = Detect(Cause(), Without({"ServiceResourceName", "MachineId", "ResourceId"}));
    CheckManual(none, "not_registered");
    CHECK(none.facts.at("registered") == Fact(false));
}

TEST_CASE("server_removal: stays manual where nothing can be read, and without an agent")
{
    RecordedMachine machine = HealthyServer();
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}},
            Failure{code::kAccessDenied, "registration"});
    }
    CheckManual(Detect(Cause(), machine), "");
    machine = HealthyServer();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckManual(Detect(Cause(), machine), "registered_with");
}

TEST_CASE("server_removal: the steps that cost backups say so before they say how")
{
    std::size_t costly = 0;
    for (const pugi::xml_node step : BuiltInKnowledge().Entry(Cause().id).child("guided").children("step"))
    {
        const std::string text = step.text().get();
        const std::size_t price = text.find("deletes all its recovery points");
        if (price != std::string::npos)
        {
            ++costly;
            CHECK_MESSAGE(text.find("choose") > price, text);
            CHECK_MESSAGE(text.find("select") > price, text);
        }
    }
    CHECK(costly == 3);
}

} // namespace mars::test
