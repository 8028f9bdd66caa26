// SPDX-License-Identifier: MIT
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("scheduling.task_missing");
}

} // namespace

TEST_CASE("task_missing: a task in the folder passes, disabled or not")
{
    RecordedMachine machine = ServerWithTwoTasks();
    EditTask(machine, [](ScheduledTask& task) { task.enabled = false; });
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.facts.at("tasks")
        == Fact(
            std::vector<std::string>{"Microsoft-OnlineBackup", "Microsoft-OnlineBackup-SystemStateBackup"}));
}

TEST_CASE("task_missing: no folder and an empty folder are the same error")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.Text("folder") == kTaskFolder);
    machine.Set(ListTasks{kTaskFolder}, TaskList{});
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("task_missing: a folder that cannot be read could not be checked")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("task_missing: needs the agent and its own schedule")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
}

} // namespace mars::test
