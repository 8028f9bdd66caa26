// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "questions/events.h"

namespace mars::test
{
namespace
{

using std::chrono::hours;

const RootCause& Cause()
{
    return *FindRootCause("jobs.failed_events");
}

const ReadEvents kEvents{"CloudBackup", {3, 10, 11, 14, 16, 18}};
const ReadEvents kOtherName{"CloudBackup/Operational", {3, 10, 11, 14, 16, 18}};

Outcome DetectWith(std::vector<EventInfo> events)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEvents, EventList{std::move(events)});
    machine.Set(kOtherName, Absent{});
    return Detect(Cause(), machine);
}

} // namespace

TEST_CASE("failed_events: a success after the last failure passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("case").empty());
    CHECK(outcome.facts.at("succeeded_at") == Fact(kNow - hours(14)));
    CheckPassed(DetectWith({{3, kNow - hours(1)}, {11, kNow - hours(1)}}));
}

TEST_CASE("failed_events: a success with warnings is a success")
{
    const Outcome outcome = DetectWith({{10, kNow - hours(1)}, {11, kNow - hours(2)}});
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "with_warnings");
    CHECK(outcome.facts.at("warnings_at") == Fact(kNow - hours(1)));
}

TEST_CASE("failed_events: a failure after the last success is an error, which kind is said")
{
    Outcome outcome = DetectWith({{11, kNow - hours(1)}, {3, kNow - hours(1) - std::chrono::seconds(1)}});
    CheckProblem(outcome, Level::kError, "failed");
    CHECK(outcome.facts.at("failed_at") == Fact(kNow - hours(1)));
    CHECK(outcome.facts.at("event") == Fact(std::int64_t{11}));
    outcome = DetectWith({{18, kNow - hours(1)}, {11, kNow - hours(2)}, {10, kNow - hours(3)}});
    CheckProblem(outcome, Level::kError, "did_not_start");
}

TEST_CASE("failed_events: a failure without any success")
{
    CheckProblem(DetectWith({{11, kNow - hours(1)}}), Level::kError, "failed_never_succeeded");
    CheckProblem(DetectWith({{18, kNow - hours(1)}}), Level::kError, "did_not_start_never_succeeded");
}

TEST_CASE("failed_events: notices are told and are no failure")
{
    const Outcome outcome = DetectWith({{14, kNow - hours(1)}, {16, kNow - hours(2)}, {3, kNow - hours(3)}});
    CheckPassed(outcome);
    CHECK(outcome.facts.at("newer_agent_needed_at") == Fact(kNow - hours(1)));
    CHECK(outcome.facts.at("quota_warning_at") == Fact(kNow - hours(2)));
}

TEST_CASE("failed_events: an empty log is no failure")
{
    const Outcome outcome = DetectWith({});
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "no_jobs");
}

TEST_CASE("failed_events: the channel has two names")
{
    RecordedMachine machine = HealthyServer();
    for (const Answer<EventList>& none : {Answer<EventList>(Absent{}), Answer<EventList>(EventList{})})
    {
        machine.Set(kEvents, none);
        machine.Set(kOtherName, EventList{{{11, kNow - hours(1)}}});
        CheckProblem(Detect(Cause(), machine), Level::kError, "failed_never_succeeded");
    }
}

TEST_CASE("failed_events: no channel, or one that cannot be read, is not taken for success")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEvents, Absent{});
    machine.Set(kOtherName, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), 15007);
    machine.Set(kOtherName, Failure{code::kAccessDenied, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(kEvents, Failure{code::kNotSupported, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
}

TEST_CASE("failed_events: needs the agent")
{
    CheckNeedsTheAgent(Cause());
}

} // namespace mars::test
