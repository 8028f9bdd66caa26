// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const std::string kShell = "\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell";
const std::string kPolicies = "\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";
const RegistryPath kMachineValue{"HKLM" + kShell, "ExecutionPolicy"};
const RegistryPath kSystemValue{"HKU\\S-1-5-18" + kShell, "ExecutionPolicy"};

const RootCause& Cause()
{
    return *FindRootCause("scheduling.execution_policy_restricted");
}

void Set(RecordedMachine& machine, const RegistryPath& path, const char* policy)
{
    machine.Set(ReadRegistryValue{path},
        policy == nullptr ? Answer<RegistryValue>(Absent{})
                          : Answer<RegistryValue>(RegistryValue::String(policy)));
}

RecordedMachine WithMachinePolicy(const char* policy)
{
    RecordedMachine machine = HealthyServer();
    Set(machine, kMachineValue, policy);
    return machine;
}

void SetGroupPolicy(
    RecordedMachine& machine, const std::string& hive, std::uint32_t enabled, const char* policy)
{
    machine.Set(ReadRegistryValue{{hive + kPolicies, "EnableScripts"}}, RegistryValue::Dword(enabled));
    Set(machine, {hive + kPolicies, "ExecutionPolicy"}, policy);
}

void SetArguments(RecordedMachine& machine, const std::string& arguments, std::size_t task = 0)
{
    ReplaceInTask(machine, "<Arguments>", "<Arguments>" + arguments + " ", task);
}

void MakeClient(RecordedMachine& machine)
{
    Edit(machine, ReadWindowsVersion{}, [](WindowsVersion& windows) { windows.server = false; });
}

} // namespace

TEST_CASE("execution_policy_restricted: policies that let local scripts run pass")
{
    for (const char* policy : {"RemoteSigned", "Unrestricted", "Bypass", "remotesigned"})
    {
        CheckPassed(Detect(Cause(), WithMachinePolicy(policy)));
    }
}

TEST_CASE("execution_policy_restricted: Restricted is an error, AllSigned a warning")
{
    const Outcome restricted = Detect(Cause(), WithMachinePolicy("restricted"));
    CheckProblem(restricted, Level::kError, "restricted");
    CHECK(restricted.Text("policy") == "Restricted");
    CHECK(restricted.Text("scope") == "machine");
    CHECK(restricted.Text("where") == "HKLM" + kShell + "\\ExecutionPolicy");
    CheckProblem(Detect(Cause(), WithMachinePolicy("AllSigned")), Level::kWarning, "all_signed");
}

TEST_CASE("execution_policy_restricted: nothing set is RemoteSigned on a server and Restricted on a client")
{
    for (const char* unset : {static_cast<const char*>(nullptr), "Undefined", "", "nonsense"})
    {
        RecordedMachine machine = WithMachinePolicy(unset);
        const Outcome server = Detect(Cause(), machine);
        CheckPassed(server);
        CHECK(server.Text("scope") == "default");
        MakeClient(machine);
        CheckProblem(Detect(Cause(), machine), Level::kError, "restricted_by_default");
    }
    RecordedMachine machine = WithMachinePolicy(nullptr);
    machine.Set(ReadWindowsVersion{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("execution_policy_restricted: the SYSTEM account's own value goes before the machine's")
{
    RecordedMachine machine = WithMachinePolicy("Restricted");
    Set(machine, kSystemValue, "RemoteSigned");
    CheckPassed(Detect(Cause(), machine));
    machine = WithMachinePolicy("RemoteSigned");
    Set(machine, kSystemValue, "Restricted");
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "restricted");
    CHECK(outcome.Text("scope") == "account");
    Set(machine, kSystemValue, "Undefined");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("execution_policy_restricted: the task's own switch goes before the registry")
{
    for (const char* arguments : {"-ExecutionPolicy RemoteSigned", "-NoProfile -ex Bypass",
             "/EP unrestricted", "-Exec \"RemoteSigned\"", "-executionp  RemoteSigned"})
    {
        RecordedMachine machine = WithMachinePolicy("Restricted");
        SetArguments(machine, arguments);
        const Outcome outcome = Detect(Cause(), machine);
        CheckPassed(outcome);
        CHECK(outcome.Text("scope") == "task");
    }
    RecordedMachine machine = HealthyServer();
    SetArguments(machine, "-ExecutionPolicy Restricted");
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "restricted_in_task");
    CHECK(outcome.Text("where") == "Microsoft-OnlineBackup");
    machine = HealthyServer();
    SetArguments(machine, "-ep AllSigned");
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "all_signed_in_task");
}

TEST_CASE("execution_policy_restricted: what follows the command is no switch")
{
    for (const char* arguments :
        {"-File x.ps1 -ExecutionPolicy RemoteSigned", "-c run -ep Bypass", "-e AAAA -ex Bypass",
            "-ExecutionPolicy Undefined", "-ExecutionPolicyX Bypass", "ExecutionPolicy Bypass"})
    {
        RecordedMachine machine = WithMachinePolicy("Restricted");
        SetArguments(machine, arguments);
        CheckProblem(Detect(Cause(), machine), Level::kError, "restricted");
    }
}

TEST_CASE("execution_policy_restricted: of several tasks the one that is worst off counts")
{
    RecordedMachine machine = ServerWithTwoTasks();
    Set(machine, kMachineValue, "Restricted");
    SetArguments(machine, "-ep Bypass", 0);
    CheckProblem(Detect(Cause(), machine), Level::kError, "restricted");
    SetArguments(machine, "-ep Bypass", 1);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("execution_policy_restricted: Group Policy goes before everything")
{
    RecordedMachine machine = HealthyServer();
    SetArguments(machine, "-ExecutionPolicy Bypass");
    SetGroupPolicy(machine, "HKLM", 0, nullptr);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "restricted_by_policy");
    CHECK(outcome.Text("scope") == "machine_group_policy");

    SetGroupPolicy(machine, "HKLM", 1, "AllSigned");
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "all_signed_by_policy");

    Set(machine, kMachineValue, "Restricted");
    SetGroupPolicy(machine, "HKLM", 1, "RemoteSigned");
    CheckPassed(Detect(Cause(), machine));

    SetGroupPolicy(machine, "HKLM", 1, nullptr);
    SetGroupPolicy(machine, "HKU\\S-1-5-18", 0, nullptr);
    CHECK(Detect(Cause(), machine).Text("scope") == "user_group_policy");
}

TEST_CASE("execution_policy_restricted: a policy without EnableScripts does not count")
{
    RecordedMachine machine = HealthyServer();
    Set(machine, {"HKLM" + kPolicies, "ExecutionPolicy"}, "Restricted");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("execution_policy_restricted: whatever cannot be read could not be checked")
{
    for (const RegistryPath& path :
        {kMachineValue, kSystemValue, RegistryPath{"HKLM" + kPolicies, "EnableScripts"},
            RegistryPath{"HKU\\S-1-5-18" + kPolicies, "EnableScripts"}})
    {
        RecordedMachine machine = WithMachinePolicy(nullptr);
        machine.Set(ReadRegistryValue{path}, Failure{code::kAccessDenied, "x"});
        CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    }
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    CheckNeedsReadableTask(Cause());
}

TEST_CASE("execution_policy_restricted: needs its own schedule, but neither agent nor task")
{
    CheckDpmServer(Cause());
    RecordedMachine machine = WithMachinePolicy("Restricted");
    RemoveAgent(machine);
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "restricted");
    machine.Set(ListTasks{kTaskFolder}, TaskList{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "restricted");
}

TEST_CASE(
    "execution_policy_restricted: the repair sets RemoteSigned where it is decided, and says what it lowers")
{
    RecordedMachine machine = WithMachinePolicy("Restricted");
    const RepairProposal proposal = Propose(Cause(), machine);
    const auto change = OnlyChange<SetRegistryValue>(proposal);
    CHECK(change.path == kMachineValue);
    CHECK(change.before == RegistryValue::String("Restricted"));
    CHECK(change.after == RegistryValue::String("RemoteSigned"));
    CHECK(change.lowersProtection);
    CHECK(LowersProtection(proposal.plan));

    machine = HealthyServer();
    Set(machine, kSystemValue, "Restricted");
    CHECK(OnlyChange<SetRegistryValue>(Propose(Cause(), machine)).path == kSystemValue);
}

TEST_CASE("execution_policy_restricted: where nothing is set the repair sets the machine's value")
{
    RecordedMachine machine = WithMachinePolicy(nullptr);
    MakeClient(machine);
    const auto change = OnlyChange<SetRegistryValue>(Propose(Cause(), machine));
    CHECK(change.path == kMachineValue);
    CHECK_FALSE(change.before);
}

TEST_CASE("execution_policy_restricted: Group Policy, signed scripts and the task are for a person")
{
    RecordedMachine machine = HealthyServer();
    SetGroupPolicy(machine, "HKLM", 0, nullptr);
    const RepairProposal byPolicy = Propose(Cause(), machine);
    CHECK(byPolicy.kind == RepairProposal::Kind::kGuided);
    CHECK(byPolicy.reason == "set_by_policy");
    CHECK(Propose(Cause(), WithMachinePolicy("AllSigned")).kind == RepairProposal::Kind::kGuided);
    machine = HealthyServer();
    SetArguments(machine, "-ep Restricted");
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
