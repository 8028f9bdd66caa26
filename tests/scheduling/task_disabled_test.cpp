// SPDX-License-Identifier: MIT
#include "knowledge.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("scheduling.task_disabled");
}

void Disable(RecordedMachine& machine, std::size_t index)
{
    EditTask(
        machine, [](ScheduledTask& task) { task.enabled = false; }, index);
}

} // namespace

TEST_CASE("task_disabled: enabled tasks pass")
{
    CheckPassed(Detect(Cause(), ServerWithTwoTasks()));
}

TEST_CASE("task_disabled: the task of the system state is an error and says that files are backed up")
{
    RecordedMachine machine = ServerWithTwoTasks();
    Disable(machine, 1);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "system_state");
    CHECK(outcome.facts.at("disabled_tasks")
        == Fact(std::vector<std::string>{"Microsoft-OnlineBackup-SystemStateBackup"}));
}

TEST_CASE("task_disabled: the task of the files is told apart where the system state has one that is enabled")
{
    RecordedMachine machine = ServerWithTwoTasks();
    Disable(machine, 0);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "files");
    CHECK(BuiltInKnowledge().Headline(Cause().id, outcome, Language::kEnglish)
        == "The scheduled task for the backup of files is disabled");
}

TEST_CASE("task_disabled: where no task is enabled no backup starts by itself")
{
    RecordedMachine machine = HealthyServer();
    Disable(machine, 0);
    CheckProblem(Detect(Cause(), machine), Level::kError);
    machine = ServerWithTwoTasks();
    Disable(machine, 0);
    Disable(machine, 1);
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("task_disabled: what the scheduler says counts, also for a task whose XML cannot be read")
{
    RecordedMachine machine = HealthyServer();
    EditTask(machine, [](ScheduledTask& task) {
        task.enabled = false;
        task.xml = "<Task>";
    });
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("task_disabled: needs the agent, its own schedule and a task")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
}

TEST_CASE("task_disabled: the repair enables exactly the disabled tasks, also one that keeps a password")
{
    RecordedMachine machine = ServerWithTwoTasks();
    SetAccount(machine, kUserWithPassword, 1);
    EditTask(
        machine, [](ScheduledTask& task) { task.enabled = false; }, 1);
    CHECK(OnlyChange<SetTaskEnabled>(Propose(Cause(), machine)) == SetTaskEnabled{kStateTask, false, true});
}

TEST_CASE("task_disabled: there is nothing to do when all are enabled")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
