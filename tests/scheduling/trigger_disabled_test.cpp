// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("scheduling.trigger_disabled");
}

void Disable(RecordedMachine& machine, std::size_t task = 0)
{
    ReplaceInTask(machine, "<Enabled>true</Enabled>\n      <Schedule",
        "<Enabled>false</Enabled>\n      <Schedule", task);
}

void SetEnd(RecordedMachine& machine, const std::string& boundary)
{
    ReplaceInTask(machine, "</StartBoundary>", "</StartBoundary><EndBoundary>" + boundary + "</EndBoundary>");
}

constexpr const char* kSecondTrigger = "<BootTrigger><Enabled>false</Enabled></BootTrigger></Triggers>";

} // namespace

TEST_CASE("trigger_disabled: an enabled trigger passes, and so does one that does not say")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine));
    ReplaceInTask(machine, "<Enabled>true</Enabled>\n      <Schedule", "<Schedule");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("trigger_disabled: one trigger of two that is off is an error and named")
{
    RecordedMachine machine = HealthyServer();
    ReplaceInTask(machine, "</Triggers>", kSecondTrigger);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "disabled");
    CHECK(
        outcome.facts.at("disabled_triggers") == Fact(std::vector<std::string>{"Microsoft-OnlineBackup #2"}));
}

TEST_CASE("trigger_disabled: a disabled task does not silence it")
{
    RecordedMachine machine = HealthyServer();
    Disable(machine);
    EditTask(machine, [](ScheduledTask& task) { task.enabled = false; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "disabled");
}

TEST_CASE("trigger_disabled: a task without a trigger is an error")
{
    RecordedMachine machine = ServerWithTwoTasks();
    EditTask(
        machine,
        [](ScheduledTask& task) {
            const std::size_t from = task.xml.find("<CalendarTrigger>");
            task.xml.erase(from, task.xml.find("</Triggers>") - from);
        },
        1);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "no_trigger");
    CHECK(outcome.facts.at("tasks_without_trigger")
        == Fact(std::vector<std::string>{"Microsoft-OnlineBackup-SystemStateBackup"}));
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("trigger_disabled: a task whose triggers have all ended is an error")
{
    // The server's clock is an hour ahead of UTC: 13:00 there is now.
    RecordedMachine machine = HealthyServer();
    SetEnd(machine, "2026-03-10T13:00:01");
    CheckPassed(Detect(Cause(), machine));
    machine = HealthyServer();
    SetEnd(machine, "2026-03-10T13:00:00");
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "ended");
    CHECK(outcome.facts.at("ended_tasks") == Fact(std::vector<std::string>{"Microsoft-OnlineBackup"}));
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);

    ReplaceInTask(machine, "</Triggers>", "<BootTrigger/></Triggers>");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("trigger_disabled: only an end needs the clock")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "x"});
    CheckPassed(Detect(Cause(), machine));
    SetEnd(machine, "2026-01-01T00:00:00");
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("trigger_disabled: needs the agent, its own schedule and tasks that can be read")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
    CheckNeedsReadableTask(Cause());
}

TEST_CASE("trigger_disabled: an unreadable task hides no disabled trigger of another")
{
    RecordedMachine machine = ServerWithTwoTasks();
    Disable(machine);
    EditTask(
        machine, [](ScheduledTask& task) { task.xml = "<Task>"; }, 1);
    CheckProblem(Detect(Cause(), machine), Level::kError, "disabled");
}

TEST_CASE("trigger_disabled: the repair enables exactly the triggers that are off")
{
    RecordedMachine machine = HealthyServer();
    ReplaceInTask(machine, "</Triggers>", kSecondTrigger);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(OnlyChange<SetTriggerEnabled>(proposal)
        == SetTriggerEnabled{kBackupTask, 2, FingerprintOf(machine, 1), false, true});
    CHECK(IsReversible(proposal.plan));
    CHECK_FALSE(proposal.plan.disturbs);
}

TEST_CASE("trigger_disabled: the repair is held where that task keeps a password")
{
    RecordedMachine machine = ServerWithTwoTasks();
    Disable(machine, 1);
    SetAccount(machine, kUserWithPassword, 0);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kPlanned);
    SetAccount(machine, kUserWithPassword, 1);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.kind == RepairProposal::Kind::kHeld);
    CHECK(proposal.reason == "task_keeps_password");
}

TEST_CASE("trigger_disabled: there is nothing to do when none is off")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
