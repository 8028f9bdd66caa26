// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const RegistryPath kVariable{
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment", "PSModulePath"};
const std::string kModules = std::string(kInstallPath) + "bin\\Modules";

const RootCause& Cause()
{
    return *FindRootCause("scheduling.module_path_missing");
}

RecordedMachine WithPath(const std::string& text, std::uint32_t type = kRegExpandSz)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kVariable}, RegistryValue::String(text, type));
    return machine;
}

void SetLastResult(RecordedMachine& machine, std::optional<std::uint32_t> result)
{
    EditTask(machine, [&](ScheduledTask& task) { task.lastResult = result; });
}

} // namespace

TEST_CASE(
    "module_path_missing: either form passes, whatever its case, quotes, variables and closing separator")
{
    for (const std::string& entry : {kModules, kModules + "\\", kModules + "\\MSOnlineBackup",
             FoldCase(kModules) + "\\msonlinebackup\\", "\"" + kModules + "\"", " " + kModules + " ",
             std::string("%ProgramFiles%\\Microsoft Azure Recovery Services Agent\\bin\\Modules")})
    {
        CheckPassed(Detect(Cause(), WithPath("C:\\Other;" + entry + ";C:\\Last")));
        CheckPassed(Detect(Cause(), WithPath(entry, kRegSz)));
    }
}

TEST_CASE("module_path_missing: a path without the folder is a warning")
{
    for (const std::string& text :
        {std::string("C:\\Other"), kModules + "2", kModules + "\\Other", std::string()})
    {
        const Outcome outcome = Detect(Cause(), WithPath(text));
        CheckProblem(outcome, Level::kWarning);
        CHECK(outcome.Text("module_path") == text);
        CHECK(outcome.Text("needed_folder") == kModules);
    }
}

TEST_CASE("module_path_missing: a failed last run makes it an error, states of the task do not")
{
    RecordedMachine machine = WithPath("C:\\Other");
    SetLastResult(machine, 1);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "last_run_failed");
    CHECK(
        outcome.facts.at("failed_runs") == Fact(std::vector<std::string>{"Microsoft-OnlineBackup: 1 (0x1)"}));
    for (const std::uint32_t state : {0U, 0x41300U, 0x41301U, 0x41302U, 0x41303U, 0x41325U})
    {
        SetLastResult(machine, state);
        CheckProblem(Detect(Cause(), machine), Level::kWarning);
    }
    SetLastResult(machine, 0x41306);
    CheckProblem(Detect(Cause(), machine), Level::kError, "last_run_failed");
    SetLastResult(machine, std::nullopt);
    CheckProblem(Detect(Cause(), machine), Level::kWarning);
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning);
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kWarning);
}

TEST_CASE(
    "module_path_missing: a variable that is not there is a problem, one that cannot be read is not judged")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kVariable}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "variable_missing");
    SetLastResult(machine, 1);
    CheckProblem(Detect(Cause(), machine), Level::kError, "variable_missing");
    machine.Set(ReadRegistryValue{kVariable}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = WithPath("%windir%\\x");
    machine.Set(FindFolder{KnownFolder::kWindows}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("module_path_missing: needs the agent and its own schedule, but no task")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("module_path_missing: the repair appends the folder once and keeps the type")
{
    for (const std::uint32_t type : {kRegSz, kRegExpandSz})
    {
        for (const std::string& text : {std::string("%windir%\\A"), std::string("%windir%\\A;")})
        {
            const RepairProposal proposal = Propose(Cause(), WithPath(text, type));
            const auto change = OnlyChange<SetRegistryValue>(proposal);
            CHECK(change.path == kVariable);
            CHECK(change.before == RegistryValue::String(text, type));
            CHECK(change.after == RegistryValue::String("%windir%\\A;" + kModules, type));
            CHECK_FALSE(change.lowersProtection);
            CHECK(IsReversible(proposal.plan));
        }
    }
    CHECK(OnlyChange<SetRegistryValue>(Propose(Cause(), WithPath(""))).after
        == RegistryValue::String(kModules, kRegExpandSz));
}

TEST_CASE("module_path_missing: a new variable has what Windows would have too")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kVariable}, Absent{});
    const auto change = OnlyChange<SetRegistryValue>(Propose(Cause(), machine));
    CHECK_FALSE(change.before);
    REQUIRE(change.after);
    CHECK(change.after->type == kRegExpandSz);
    CHECK(change.after->AsString()
        == "%ProgramFiles%\\WindowsPowerShell\\Modules;%SystemRoot%\\system32\\WindowsPowerShell\\v1."
           "0\\Modules;"
            + kModules);
}

TEST_CASE("module_path_missing: what is no text is for a person")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kVariable}, RegistryValue::Dword(7));
    CheckProblem(Detect(Cause(), machine), Level::kWarning);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("module_path_missing: there is nothing to do when the folder is there")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
