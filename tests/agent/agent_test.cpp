// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

MachineView View(const RecordedMachine& machine)
{
    return MachineView(machine, Wait{});
}

const ReadRegistryValue kInstallPathValue{{kAgentSetupKey, "InstallPath"}};

} // namespace

TEST_CASE("agent: the folder that the Setup key names")
{
    const auto agent = FindAgent(View(HealthyServer()));
    REQUIRE(agent.HasValue());
    CHECK(agent->installPath == "C:\\Program Files\\Microsoft Azure Recovery Services Agent");
    CHECK_FALSE(agent->assumedPath);
    CHECK(agent->EngineFile()
        == "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\bin\\cbengine.exe");
    CHECK(agent->LogFolder() == "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\Temp");
}

TEST_CASE("agent: an empty install path means the documented folder")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kInstallPathValue, RegistryValue::String(""));
    auto agent = FindAgent(View(machine));
    REQUIRE(agent.HasValue());
    CHECK(agent->assumedPath);
    CHECK(agent->installPath == "C:\\Program Files\\Microsoft Azure Recovery Services Agent");

    machine.Set(kInstallPathValue, Absent{});
    agent = FindAgent(View(machine));
    REQUIRE(agent.HasValue());
    CHECK(agent->assumedPath);
}

TEST_CASE("agent: no Setup key means not installed")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kInstallPathValue, Absent{});
    machine.Set(ListRegistryKey{kAgentSetupKey}, Absent{});
    CHECK(FindAgent(View(machine)).IsAbsent());
    CheckNotApplicable(WithoutAgent(FindAgent(View(machine))), reason::kAgentMissing);
}

TEST_CASE("agent: a Setup key without the program means not installed")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CHECK(FindAgent(View(machine)).IsAbsent());
    CHECK(ReadAgentSetup(View(machine)).HasValue());
}

TEST_CASE("agent: a question that fails is never an absent agent")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(
        ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(WithoutAgent(FindAgent(View(machine))), code::kAccessDenied);

    machine = HealthyServer();
    machine.Set(kInstallPathValue, Failure{code::kTimeout, "read"});
    CheckCouldNotCheck(WithoutAgent(FindAgent(View(machine))), code::kTimeout);

    machine = HealthyServer();
    machine.Set(kInstallPathValue, Absent{});
    machine.Set(ListRegistryKey{kAgentSetupKey}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(WithoutAgent(FindAgent(View(machine))), code::kAccessDenied);
}

TEST_CASE("registration: the vault's name is enough, and so are both ids")
{
    RecordedMachine machine = HealthyServer();
    auto registration = ReadRegistration(View(machine));
    REQUIRE(registration.HasValue());
    CHECK(registration->vault == "ContosoVault");

    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ServiceResourceName"}}, Absent{});
    registration = ReadRegistration(View(machine));
    REQUIRE(registration.HasValue());
    CHECK(registration->vault.empty());

    machine.Set(ReadRegistryValue{{kAgentConfigKey, "MachineId"}}, RegistryValue::String(" "));
    CHECK(ReadRegistration(View(machine)).IsAbsent());
    CheckNotApplicable(WithoutRegistration(ReadRegistration(View(machine))), reason::kNotRegistered);
}

TEST_CASE("registration: an id may be a number, and zero is none")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ServiceResourceName"}}, Absent{});
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ResourceId"}}, RegistryValue::Dword(77));
    REQUIRE(ReadRegistration(View(machine)).HasValue());
    CHECK(ReadRegistration(View(machine))->resourceId == "77");
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ResourceId"}}, RegistryValue::Dword(0));
    CHECK(ReadRegistration(View(machine)).IsAbsent());
}

TEST_CASE("registration: unreadable is not unregistered")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(
        ReadRegistryValue{{kAgentConfigKey, "ServiceResourceName"}}, Failure{code::kAccessDenied, "read"});
    CHECK(ReadRegistration(View(machine)).HasValue());
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ResourceId"}}, Absent{});
    CheckCouldNotCheck(WithoutRegistration(ReadRegistration(View(machine))), code::kAccessDenied);
}

} // namespace mars::test
