// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/protection.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

const RootCause& Cause()
{
    return *FindRootCause("basics.engine_crashes");
}

const ListCrashes kCrashes{"cbengine.exe", "obengine"};
/// The healthy server's newest success.
constexpr Timestamp kSuccess = kNow - hours(14);

RecordedMachine With(const std::vector<CrashEvent>& events)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kCrashes, CrashList{events});
    return machine;
}

void SetSuccesses(RecordedMachine& machine, const Answer<EventList>& events)
{
    for (const char* channel : {"CloudBackup", "CloudBackup/Operational"})
    {
        machine.Set(ReadEvents{channel, {1, 3, 10, 11}}, events);
        machine.Set(ReadEvents{channel, {3, 10, 11, 14, 16, 18}}, events);
    }
}

void AddFileSync(RecordedMachine& machine, bool running)
{
    Edit(machine, ListFilterDrivers{}, [&](FilterDriverList& list) {
        list.drivers.push_back(
            {"storagesync", "FSFilter HSM", "180455", running, "Microsoft Corporation", "Azure File Sync"});
    });
}

} // namespace

TEST_CASE("engine_crashes: no crash passes")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
}

TEST_CASE("engine_crashes: every kind of event that is newer than the newest success is an error")
{
    for (const std::uint32_t id : {1000U, 1026U, 7031U, 7034U})
    {
        const Outcome outcome = Detect(Cause(), With({{id, kSuccess + seconds(1)}}));
        CheckProblem(outcome, Level::kError, "crashed");
        CHECK(outcome.facts.at("crashes") == Fact(std::int64_t{1}));
        CHECK(outcome.facts.at("last") == Fact(kSuccess + seconds(1)));
    }
}

TEST_CASE("engine_crashes: a crash before the newest success is overcome")
{
    const Outcome outcome = Detect(Cause(), With({{7034, kSuccess}}));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "passed_since");
}

TEST_CASE("engine_crashes: several events of one crash are counted once, and old ones not at all")
{
    const Outcome outcome = Detect(Cause(),
        With({{7031, kNow - hours(2)}, {1000, kNow - hours(2), "clr.dll", 0xE0434352},
            {1026, kNow - hours(2)}, {7034, kNow - hours(5)},
            {1000, kNow - hours(5), "ntdll.dll", 0xC0000374}, {7031, kSuccess - hours(1)}}));
    CheckProblem(outcome, Level::kError, "crashed_in");
    CHECK(outcome.facts.at("crashes") == Fact(std::int64_t{2}));
    CHECK(outcome.Text("module") == "clr.dll");
    CHECK(outcome.Text("exception") == "0xE0434352");
}

TEST_CASE("engine_crashes: without any success the crashes of thirty days count")
{
    RecordedMachine machine = With({{7034, kNow - days(30) + seconds(1)}});
    SetSuccesses(machine, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "crashed");
    machine.Set(kCrashes, CrashList{{{7034, kNow - days(30)}}});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadClock{}, Failure{code::kTimeout, "read the clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("engine_crashes: Azure File Sync is named as the documented cause where its driver runs")
{
    RecordedMachine machine = With({{1000, kNow - hours(2), "ntdll.dll", 0xC0000005}});
    AddFileSync(machine, true);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "file_sync");
    CHECK(outcome.Text("module") == "ntdll.dll");
    machine = With({{7034, kNow - hours(2)}});
    AddFileSync(machine, false);
    CheckProblem(Detect(Cause(), machine), Level::kError, "crashed");
    machine.Set(ListFilterDrivers{}, Failure{code::kAccessDenied, "OpenSCManager"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "crashed");
}

TEST_CASE("engine_crashes: Azure File Sync alone is no problem")
{
    RecordedMachine machine = HealthyServer();
    AddFileSync(machine, true);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("engine_crashes: logs that cannot be read are no pass, nor what an older recording did not ask")
{
    RecordedMachine machine = HealthyServer();
    for (const std::uint32_t why : {code::kAccessDenied, code::kNotRecorded})
    {
        machine.Set(kCrashes, Failure{why, "EvtQuery"});
        CheckCouldNotCheck(Detect(Cause(), machine), why);
    }
    machine.Set(kCrashes, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
    machine = With({{7034, kNow - hours(2)}});
    SetSuccesses(machine, Failure{code::kAccessDenied, "EvtQuery"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("engine_crashes: without an agent there is nothing to judge")
{
    RecordedMachine machine = With({{7034, kNow - hours(2)}});
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

} // namespace mars::test
