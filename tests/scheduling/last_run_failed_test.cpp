// SPDX-License-Identifier: MIT
#include "questions/events.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const ReadEvents kStartFailed{"CloudBackup", {18}};
const ReadEvents kJobs{"CloudBackup", {1, 3, 10, 11}};
/// The healthy server's last success.
const Timestamp kSuccess = kNow - std::chrono::hours(14);

const RootCause& Cause()
{
    return *FindRootCause("scheduling.last_run_failed");
}

RecordedMachine WithResult(std::optional<std::uint32_t> result)
{
    RecordedMachine machine = HealthyServer();
    EditTask(machine, [&](ScheduledTask& task) { task.lastResult = result; });
    return machine;
}

RecordedMachine WithFailedStart(Timestamp time)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kStartFailed, EventList{{{18, time}, {18, time - std::chrono::days(5)}}});
    return machine;
}

} // namespace

TEST_CASE("last_run_failed: success and states of the task pass")
{
    for (const std::uint32_t result : {0U, 0x41300U, 0x41301U, 0x41302U, 0x41303U, 0x41325U})
    {
        CheckPassed(Detect(Cause(), WithResult(result)));
    }
    CheckPassed(Detect(Cause(), WithResult(std::nullopt)));
}

TEST_CASE("last_run_failed: any other result is a warning, and its code is explained")
{
    for (const auto& [result, textCase] : {std::pair(1U, "script_failed"), std::pair(2U, "program_missing"),
             std::pair(0x80070002U, "program_missing"), std::pair(0x80070005U, "access_denied"),
             std::pair(0x8007052EU, "account_refused"), std::pair(0x41306U, "ended"),
             std::pair(0xC000013AU, "ended"), std::pair(0x800710E0U, "refused"),
             std::pair(0x8004131FU, "already_running"), std::pair(0x41304U, "other_code"),
             std::pair(0xFFFD0000U, "other_code")})
    {
        CheckProblem(Detect(Cause(), WithResult(result)), Level::kWarning, textCase);
    }
    const Outcome outcome = Detect(Cause(), WithResult(0x41306));
    CHECK(outcome.facts.at("failed_runs")
        == Fact(std::vector<std::string>{"Microsoft-OnlineBackup: 267014 (0x41306)"}));
    CHECK(outcome.facts.at("last_run") == Fact(kNow - std::chrono::hours(15)));
}

TEST_CASE("last_run_failed: every task counts, the first failure is explained")
{
    RecordedMachine machine = ServerWithTwoTasks();
    EditTask(
        machine, [](ScheduledTask& task) { task.lastResult = 0x800710E0; }, 1);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "refused");
    EditTask(machine, [](ScheduledTask& task) { task.lastResult = 1; });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "script_failed");
    CHECK(std::get<std::vector<std::string>>(outcome.facts.at("failed_runs")).size() == 2);
}

TEST_CASE("last_run_failed: missed runs are told, and are no failure of the last one")
{
    RecordedMachine machine = ServerWithTwoTasks();
    EditTask(machine, [](ScheduledTask& task) { task.missedRuns = 3; });
    EditTask(
        machine, [](ScheduledTask& task) { task.missedRuns = 2; }, 1);
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.facts.at("missed_runs") == Fact(std::int64_t{5}));
}

TEST_CASE("last_run_failed: event 18 counts until a backup succeeds")
{
    const Outcome outcome = Detect(Cause(), WithFailedStart(kSuccess));
    CheckProblem(outcome, Level::kWarning, "start_failed");
    CHECK(outcome.facts.at("start_failed") == Fact(kSuccess));
    CheckPassed(Detect(Cause(), WithFailedStart(kSuccess - std::chrono::seconds(1))));
    RecordedMachine machine = WithFailedStart(kNow - std::chrono::days(90));
    machine.Set(kJobs, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", kJobs.ids}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "start_failed");
    EditTask(machine, [](ScheduledTask& task) { task.lastResult = 1; });
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "script_failed");
}

TEST_CASE("last_run_failed: the other name of the channel will do")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kStartFailed, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadEvents{"CloudBackup/Operational", {18}}, EventList{{{18, kNow}}});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "start_failed");
}

TEST_CASE("last_run_failed: events that cannot be read let nothing pass and hide no problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kStartFailed, Failure{code::kNotSupported, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    EditTask(machine, [](ScheduledTask& task) { task.lastResult = 1; });
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "script_failed");
    machine = WithFailedStart(kNow);
    machine.Set(kJobs, Failure{code::kTimeout, "EvtNext"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("last_run_failed: needs the agent, its own schedule and readable tasks")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
    CheckNeedsReadableTask(Cause());
}

} // namespace mars::test
