// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "refutation.h"

#include "catalogue.h"
#include "log_errors.h"
#include "pass.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/tasks.h"
#include "test_support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>

namespace mars::test
{
namespace
{

using std::chrono::days;
using std::chrono::hours;

const ReadEvents kJobs{"CloudBackup", {1, 3, 10, 11}};
const ScanAgentLogs kLog{std::string(kInstallPath) + "Temp", LogErrorPatterns(), true};

/// A server whose newest backup succeeded so long ago.
RecordedMachine WithSuccess(hours ago)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kJobs, EventList{{{3, kNow - ago}}});
    return machine;
}

void SetSchedule(RecordedMachine& machine, const std::string& schedule)
{
    Edit(machine, ListTasks{kTaskFolder}, [&](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        const std::size_t begin = xml.find("<ScheduleBy");
        const std::size_t end = xml.find('>', xml.find("</ScheduleBy")) + 1;
        REQUIRE(begin != std::string::npos);
        xml.replace(begin, end - begin, schedule);
    });
}

constexpr const char* kOnSundays =
    "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Sunday/></DaysOfWeek></ScheduleByWeek>";

const Outcome kNoNetwork = Outcome::Problem(Level::kError, {{"tests", "none"}});

Outcome Judge(const RecordedMachine& machine, const Outcome& problem = kNoNetwork,
    std::string_view id = "connectivity.no_network")
{
    return RefuteBySuccess(BuiltInKnowledge(), id, problem, MachineView(machine, Wait{}));
}

std::string Interval(const std::string& schedule)
{
    RecordedMachine machine = HealthyServer();
    SetSchedule(machine, schedule);
    const auto interval = ReadScheduleInterval(MachineView(machine, Wait{}));
    return interval ? std::to_string(*interval / days(1)) : "none";
}

/// A check that finds the network dead, whatever the machine says.
Outcome DetectNoNetwork(const MachineView&, const Given&)
{
    return kNoNetwork;
}

} // namespace

TEST_CASE("refutation: a backup that succeeded in spite of a problem leaves none, and says when that was")
{
    const Outcome judged = Judge(WithSuccess(hours(14)));
    CheckPassed(judged);
    CHECK(judged.facts.at("works_anyway") == Fact(kNow - hours(14)));
    // What was found is still told, in the words of what was found.
    CHECK(judged.Text("tests") == "none");
    CHECK(judged.Text("case") == "problem");
}

TEST_CASE("refutation: a success counts for two intervals of the schedule, and for a day at least")
{
    CheckPassed(Judge(WithSuccess(hours(48))));
    CheckProblem(Judge(WithSuccess(hours(49))), Level::kError);

    RecordedMachine weekly = WithSuccess(days(14));
    SetSchedule(weekly, kOnSundays);
    CheckPassed(Judge(weekly));
    weekly.Set(kJobs, EventList{{{3, kNow - days(15)}}});
    CheckProblem(Judge(weekly), Level::kError);

    for (const bool disabled : {false, true})
    {
        RecordedMachine byHand = WithSuccess(hours(24));
        Edit(byHand, ListTasks{kTaskFolder}, [&](TaskList& list) {
            list.tasks.front().enabled = !disabled;
            disabled ? void() : list.tasks.clear();
        });
        CheckPassed(Judge(byHand));
        byHand.Set(kJobs, EventList{{{3, kNow - hours(25)}}});
        CheckProblem(Judge(byHand), Level::kError);
    }
}

TEST_CASE("refutation: the interval is the longest gap of the schedule")
{
    CHECK(Interval("<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>") == "1");
    CHECK(Interval("<ScheduleByDay><DaysInterval>3</DaysInterval></ScheduleByDay>") == "3");
    CHECK(Interval(kOnSundays) == "7");
    CHECK(Interval("<ScheduleByWeek><WeeksInterval>4</WeeksInterval><DaysOfWeek><Monday/></DaysOfWeek>"
                   "</ScheduleByWeek>")
        == "28");
    CHECK(Interval("<ScheduleByWeek><DaysOfWeek><Monday/><Wednesday/></DaysOfWeek></ScheduleByWeek>") == "5");
    CHECK(Interval("<ScheduleByWeek><DaysOfWeek/></ScheduleByWeek>") == "none");
    CHECK(Interval("<ScheduleByMonth><DaysOfMonth><Day>1</Day></DaysOfMonth></ScheduleByMonth>") == "31");
}

TEST_CASE("refutation: of two tasks the one that starts more often counts")
{
    // The system state once a week, the files every night.
    RecordedMachine machine = WithSuccess(days(3));
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) { list.tasks.push_back(list.tasks.front()); });
    SetSchedule(machine, kOnSundays);
    CheckProblem(Judge(machine), Level::kError);
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) { list.tasks.pop_back(); });
    CheckPassed(Judge(machine));
}

TEST_CASE("refutation: a success with warnings counts, a failure and a success to come do not")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kJobs, EventList{{{10, kNow - hours(3)}}});
    CheckPassed(Judge(machine));
    machine.Set(kJobs, EventList{{{11, kNow - hours(3)}}});
    CheckProblem(Judge(machine), Level::kError);
    machine.Set(kJobs, EventList{{{3, kNow + hours(3)}}});
    CheckProblem(Judge(machine), Level::kError);
}

TEST_CASE("refutation: an error of the same kind that is newer than the success counts more")
{
    const auto judge = [](const std::string& pattern, hours ago,
                           std::string_view id = "connectivity.no_network") {
        RecordedMachine machine = WithSuccess(hours(14));
        Edit(machine, kLog, [&](LogScan& scan) {
            scan.matches = {{kNow - ago, pattern, "FATAL", "failed with error " + pattern}};
        });
        return Judge(machine, kNoNetwork, id);
    };
    // Of this page.
    CheckProblem(judge("100050", hours(13)), Level::kError);
    CheckPassed(judge("100050", hours(15)));
    // Of another page, explained by this root cause or not.
    CheckProblem(judge("34513", hours(13), "connectivity.endpoint_unreachable"), Level::kError);
    CheckPassed(judge("34513", hours(15), "connectivity.endpoint_unreachable"));
    CheckPassed(judge("IscsiMountFailure", hours(13)));
}

TEST_CASE("refutation: what cannot be read refutes nothing")
{
    const Failure denied{code::kAccessDenied, "no rights"};
    RecordedMachine machine = WithSuccess(hours(14));
    machine.Set(kJobs, denied);
    CheckProblem(Judge(machine), Level::kError);

    machine = WithSuccess(hours(14));
    machine.Set(ListTasks{kTaskFolder}, denied);
    CheckProblem(Judge(machine), Level::kError);

    machine = WithSuccess(hours(14));
    machine.Set(kLog, denied);
    CheckProblem(Judge(machine), Level::kError);

    // The log since the success was not read whole.
    machine = WithSuccess(hours(14));
    Edit(machine, kLog, [](LogScan& scan) {
        scan.missedBecause = code::kTimeout;
        scan.readSince = kNow - hours(13);
    });
    CheckProblem(Judge(machine), Level::kError);
    machine.Set(kLog, Absent{});
    CheckPassed(Judge(machine));
}

TEST_CASE("refutation: every case that says so is refuted by a success, and by nothing else")
{
    int cases = 0;
    for (const RootCause* cause : AllRootCauses())
    {
        for (const pugi::xml_node one : BuiltInKnowledge().Entry(cause->id).children("case"))
        {
            const std::string name = one.attribute("name").value();
            const std::string left = one.attribute("refuted_by_success").value();
            if (name == "passed" || name == "not_applicable" || name == "could_not_check" || name == "manual")
            {
                continue;
            }
            CAPTURE(cause->id);
            CAPTURE(name);
            cases += left.empty() ? 0 : 1;
            for (const Level level : {Level::kError, Level::kWarning})
            {
                const Outcome problem = Outcome::Problem(level, {{"case", name}});
                CHECK(Judge(WithSuccess(days(90)), problem, cause->id) == problem);
                const Outcome judged = Judge(WithSuccess(hours(14)), problem, cause->id);
                CHECK((judged == problem) == left.empty());
                CHECK((judged.kind == OutcomeKind::kPassed) == (left == "passed"));
                CHECK((judged.IsProblem() && judged.level == Level::kAdvice) == (left == "advice"));
            }
        }
    }
    CHECK(cases > 30);
}

TEST_CASE("refutation: advice, and checks that could not be made, stay what they are")
{
    const Outcome advice = Outcome::Problem(Level::kAdvice);
    CHECK(Judge(WithSuccess(hours(14)), advice) == advice);
    const Outcome unknown = Outcome::CouldNotCheck({code::kTimeout, "late"});
    CHECK(Judge(WithSuccess(hours(14)), unknown) == unknown);
}

TEST_CASE("refutation: a pass judges so, and the text says that it works")
{
    static constexpr RootCause kCause{
        "connectivity.no_network", "N-1", RepairKind::kGuided, true, DetectNoNetwork, nullptr};
    const auto run = [](hours ago) {
        return Pass(std::make_shared<RecordedMachine>(WithSuccess(ago)), {}, MarsAgent())
            .RunOne(kCause)
            .outcome;
    };
    CheckProblem(run(days(60)), Level::kError);
    const Outcome passed = run(hours(14));
    CheckPassed(passed);
    const Knowledge& knowledge = BuiltInKnowledge();
    for (const Language language : {Language::kEnglish, Language::kSpanish})
    {
        const EntryText text = knowledge.TextFor(kCause.id, passed, language);
        CHECK(text.meaning.find("2026-03-09") != std::string::npos);
        CHECK(text.steps.empty());
        CHECK(text.handoff.empty());
        const std::string headline = knowledge.Headline(kCause.id, passed, language);
        CHECK(headline.find("2026-03-09") != std::string::npos);
        CHECK(headline.find(knowledge.Title(kCause.id, language)) != std::string::npos);
    }
}

} // namespace mars::test
