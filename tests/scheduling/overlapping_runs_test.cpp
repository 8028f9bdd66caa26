// SPDX-License-Identifier: MIT
#include "tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("scheduling.overlapping_runs");
}

constexpr const char* kHealthy = "<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>";

} // namespace

TEST_CASE("overlapping_runs: IgnoreNew passes, and so does a task that does not say")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine));
    ReplaceInTask(machine, kHealthy, "");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("overlapping_runs: any other rule is a warning")
{
    for (const std::string policy : {"Parallel", "Queue", "StopExisting"})
    {
        RecordedMachine machine = ServerWithTwoTasks();
        ReplaceInTask(machine, "IgnoreNew", policy, 1);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kWarning);
        CHECK(outcome.facts.at("overlapping_tasks")
            == Fact(std::vector<std::string>{"Microsoft-OnlineBackup-SystemStateBackup: " + policy}));
        CHECK(OnlyChange<SetTaskOverlap>(Propose(Cause(), machine))
            == SetTaskOverlap{kStateTask, policy, "IgnoreNew"});
    }
}

TEST_CASE("overlapping_runs: needs the agent, its own schedule and tasks that can be read")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
    CheckNeedsReadableTask(Cause());
}

TEST_CASE("overlapping_runs: the repair is held where the task keeps a password")
{
    RecordedMachine machine = HealthyServer();
    ReplaceInTask(machine, "IgnoreNew", "Parallel");
    SetAccount(machine, kUserWithPassword);
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.kind == RepairProposal::Kind::kHeld);
    CHECK(proposal.reason == "task_keeps_password");
}

TEST_CASE("overlapping_runs: there is nothing to do when none overlaps")
{
    RecordedMachine machine = HealthyServer();
    SetAccount(machine, kUserWithPassword);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
