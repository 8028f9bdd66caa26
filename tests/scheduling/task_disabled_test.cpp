// SPDX-License-Identifier: MIT
#include "tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("scheduling.task_disabled");
}

} // namespace

TEST_CASE("task_disabled: enabled tasks pass")
{
    CheckPassed(Detect(Cause(), ServerWithTwoTasks()));
}

TEST_CASE("task_disabled: one disabled task of two is an error and named")
{
    RecordedMachine machine = ServerWithTwoTasks();
    EditTask(
        machine, [](ScheduledTask& task) { task.enabled = false; }, 1);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.facts.at("disabled_tasks")
        == Fact(std::vector<std::string>{"Microsoft-OnlineBackup-SystemStateBackup"}));
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
