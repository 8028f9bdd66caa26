// SPDX-License-Identifier: MIT
#include "activity.h"

#include "questions/computer.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "test_support.h"

using namespace mars;
using namespace mars::test;

namespace
{

ActivityReport Read(const RecordedMachine& machine)
{
    return ReadActivity(MachineView(machine, Wait{}));
}

const ListTasks kTasks{kTaskFolder};
const ReadEvents kEvents{"CloudBackup", {1, 3, 10, 11}};
const ReadEvents kOtherEvents{"CloudBackup/Operational", {1, 3, 10, 11}};
const ScanAgentLogs kLog{std::string(kInstallPath) + "Temp", {}};

/// A server where no source answers.
RecordedMachine Silent()
{
    RecordedMachine machine = AdvisedServer();
    const Failure denied{code::kAccessDenied, "test"};
    machine.Set(kTasks, denied);
    machine.Set(kEvents, denied);
    machine.Set(kLog, denied);
    machine.Set(ListIscsiSessions{}, denied);
    return machine;
}

/// The log's newest line is this old.
void SetLogAge(RecordedMachine& machine, std::chrono::seconds age)
{
    LogScan scan;
    scan.newest = kNow - age;
    machine.Set(kLog, scan);
}

} // namespace

TEST_CASE("A server at rest is free when at least two sources say so")
{
    CHECK(Read(AdvisedServer()).activity == Activity::kFree);
    CHECK(Read(AdvisedServer()).answered.size() >= 2);
}

TEST_CASE("Without an answer, or with one alone, nothing is known")
{
    RecordedMachine machine = Silent();
    CHECK(Read(machine).activity == Activity::kUnknown);
    machine.Set(ListIscsiSessions{}, IscsiSessionList{});
    CHECK(Read(machine).activity == Activity::kUnknown);
    machine.Set(kEvents, EventList{{EventInfo{3, kNow}}});
    CHECK(Read(machine).activity == Activity::kFree);
}

TEST_CASE(
    "A channel that cannot be read is no answer, one of which a recording knows nothing changes nothing")
{
    RecordedMachine machine = Silent();
    machine.Set(ListIscsiSessions{}, IscsiSessionList{});
    machine.Set(kEvents, EventList{});
    CHECK(Read(machine).activity == Activity::kFree);
    machine.Set(kOtherEvents, Failure{code::kAccessDenied, "test"});
    CHECK(Read(machine).activity == Activity::kUnknown);
}

TEST_CASE("A log of which a part cannot be read does not tell that no job runs")
{
    RecordedMachine machine = Silent();
    machine.Set(ListIscsiSessions{}, IscsiSessionList{});
    SetLogAge(machine, std::chrono::hours(1));
    CHECK(Read(machine).activity == Activity::kFree);
    Edit(machine, kLog, [](LogScan& scan) { scan.missedBecause = code::kAccessDenied; });
    CHECK(Read(machine).activity == Activity::kUnknown);
    SetLogAge(machine, std::chrono::minutes(1));
    Edit(machine, kLog, [](LogScan& scan) { scan.missedBecause = code::kAccessDenied; });
    CHECK(Read(machine).activity == Activity::kBusy);
}

TEST_CASE("A log whose newest line is still to come tells nothing")
{
    RecordedMachine machine = Silent();
    machine.Set(ListIscsiSessions{}, IscsiSessionList{});
    SetLogAge(machine, std::chrono::hours(-2));
    CHECK(Read(machine).activity == Activity::kUnknown);
    SetLogAge(machine, std::chrono::minutes(-4));
    CHECK(Read(machine).activity == Activity::kBusy);
}

TEST_CASE("An iSCSI service that is stopped has no session, which is an answer")
{
    RecordedMachine machine = Silent();
    machine.Set(kEvents, EventList{{EventInfo{3, kNow}}});
    CHECK(Read(machine).activity == Activity::kUnknown);
    Edit(machine, QueryService{"MSiSCSI"},
        [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
    CHECK(Read(machine).activity == Activity::kFree);
    CHECK(Read(machine).answered == std::vector<std::string>{"events", "iscsi"});
    Edit(machine, QueryService{"MSiSCSI"},
        [](ServiceStatus& service) { service.state = ServiceState::kStartPending; });
    CHECK(Read(machine).activity == Activity::kUnknown);
}

TEST_CASE("One sign of a job is enough, even where nothing else answers")
{
    SUBCASE("a task that runs")
    {
        RecordedMachine machine = Silent();
        TaskList list;
        list.tasks.emplace_back();
        list.tasks.back().runningInstances = 1;
        machine.Set(kTasks, list);
        CHECK(Read(machine).activity == Activity::kBusy);
        CHECK(Read(machine).signs == std::vector<std::string>{"task_running"});
    }
    SUBCASE("a backup that started and did not end")
    {
        RecordedMachine machine = Silent();
        machine.Set(kEvents, EventList{{EventInfo{1, kNow}, EventInfo{3, kNow - std::chrono::hours(24)}}});
        CHECK(Read(machine).signs == std::vector<std::string>{"backup_started"});
    }
    SUBCASE("one in the other of the channel's names")
    {
        RecordedMachine machine = Silent();
        machine.Set(kEvents, Absent{});
        machine.Set(kOtherEvents, EventList{{EventInfo{1, kNow}}});
        CHECK(Read(machine).signs == std::vector<std::string>{"backup_started"});
    }
    SUBCASE("a mounted recovery volume")
    {
        RecordedMachine machine = Silent();
        machine.Set(ListIscsiSessions{},
            IscsiSessionList{{IscsiSession{"iqn.2016-01.microsoft.azure.backup:1-2", 1, true}}});
        CHECK(Read(machine).signs == std::vector<std::string>{"recovery_volume_mounted"});
    }
    SUBCASE("a log that is being written")
    {
        RecordedMachine machine = Silent();
        SetLogAge(machine, std::chrono::seconds(299));
        // The scan's times are UTC, wherever the server is.
        for (const std::int32_t offset : {-600, 0, 120})
        {
            ClockReading clock;
            clock.now = kNow;
            clock.utcOffsetMinutes = offset;
            machine.Set(ReadClock{}, clock);
            CHECK(Read(machine).signs == std::vector<std::string>{"log_active"});
        }
    }
}

TEST_CASE("What only looks like a job is none")
{
    RecordedMachine machine = AdvisedServer();
    SUBCASE("the log has been silent for five minutes")
    {
        SetLogAge(machine, std::chrono::minutes(5));
    }
    SUBCASE("iSCSI storage of another computer")
    {
        machine.Set(ListIscsiSessions{}, IscsiSessionList{{IscsiSession{"iqn.san", 2, false}}});
    }
    SUBCASE("a stale session to this computer")
    {
        machine.Set(ListIscsiSessions{}, IscsiSessionList{{IscsiSession{"iqn.target", 0, true}}});
    }
    SUBCASE("a backup that ended with an error")
    {
        machine.Set(kEvents, EventList{{EventInfo{11, kNow}, EventInfo{1, kNow - std::chrono::hours(1)}}});
    }
    CHECK(Read(machine).activity == Activity::kFree);
}

TEST_CASE("Tasks whose instances the scheduler does not tell are no answer")
{
    RecordedMachine machine = Silent();
    TaskList list;
    list.tasks.emplace_back();
    machine.Set(kTasks, list);
    CHECK(Read(machine).answered.empty());
}

TEST_CASE("A session to this computer is the agent's where its name or the agent's log says so")
{
    RecordedMachine machine = AdvisedServer();
    const ScanAgentLogs byName{std::string(kInstallPath) + "Temp", {"iqn.2008-08.com.starwind:disk1"}};
    machine.Set(ListIscsiSessions{}, IscsiSessionList{{IscsiSession{byName.patterns[0], 2, true}}});
    SUBCASE("the log writes of it")
    {
        machine.Set(byName, LogScan{{{kNow, byName.patterns[0], "INFO", "mounted"}}, {1}, kNow});
        CHECK(Read(machine).signs == std::vector<std::string>{"recovery_volume_mounted"});
    }
    SUBCASE("the log does not: a storage program has such sessions for ever")
    {
        machine.Set(byName, LogScan{});
        CHECK(Read(machine).activity == Activity::kUnknown);
        CHECK(Read(machine).signs.empty());
    }
    SUBCASE("the log cannot be read")
    {
        machine.Set(byName, Failure{code::kAccessDenied, "test"});
        CHECK(Read(machine).activity == Activity::kUnknown);
    }
    SUBCASE("a recording of before the log was asked")
    {
        CHECK(Read(machine).activity == Activity::kBusy);
    }
}
