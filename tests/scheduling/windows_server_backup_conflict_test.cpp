// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

constexpr const char* kFolder = "\\Microsoft\\Windows\\Backup";
const std::string kDaily = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";

const RootCause& Cause()
{
    return *FindRootCause("scheduling.windows_server_backup_conflict");
}

std::string ByWeek(const std::string& days)
{
    return "<ScheduleByWeek><DaysOfWeek>" + days
        + "</DaysOfWeek><WeeksInterval>1</WeeksInterval></ScheduleByWeek>";
}

std::string Calendar(const std::string& time, const std::string& schedule, const std::string& more = {})
{
    return "<CalendarTrigger><StartBoundary>" + time + "</StartBoundary>" + more + schedule
        + "</CalendarTrigger>";
}

ScheduledTask ServerBackup(const std::string& triggers)
{
    ScheduledTask task;
    task.path = std::string(kFolder) + "\\Microsoft-Windows-WindowsBackup";
    task.xml = "<Task><Triggers>" + triggers
        + "</Triggers><Actions><Exec><Command>wbadmin.exe</Command></Exec></Actions></Task>";
    return task;
}

/// The agent's task of the healthy server starts every day at 21:00.
RecordedMachine With(const std::string& triggers)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kFolder}, TaskList{{ServerBackup(triggers)}});
    return machine;
}

void SetAgentSchedule(RecordedMachine& machine, const std::string& schedule)
{
    ReplaceInTask(machine, kDaily, schedule);
}

} // namespace

TEST_CASE("windows_server_backup_conflict: without an enabled task of it there is none")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "no_server_backup");
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kFolder}, TaskList{});
    CheckPassed(Detect(Cause(), machine));
    machine = With(Calendar("2026-01-01T21:00:00", kDaily));
    Edit(machine, ListTasks{kFolder}, [](TaskList& list) { list.tasks[0].enabled = false; });
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, ListTasks{kFolder}, [](TaskList& list) {
        list.tasks[0].enabled = true;
        list.tasks[0].path = std::string(kFolder) + "\\Other";
    });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("windows_server_backup_conflict: less than two hours apart is a warning, before and after")
{
    for (const char* time : {"21:00:00", "22:59:59", "19:01:00", "20:00:00"})
    {
        const Outcome outcome = Detect(Cause(), With(Calendar(std::string("2026-01-01T") + time, kDaily)));
        CheckProblem(outcome, Level::kWarning, "close");
        CHECK(outcome.facts.at("agent_times") == Fact(std::vector<std::string>{"21:00"}));
    }
    for (const char* time : {"23:00:00", "19:00:00", "03:00:00", "00:30:00"})
    {
        CheckPassed(Detect(Cause(), With(Calendar(std::string("2026-01-01T") + time, kDaily))));
    }
}

TEST_CASE("windows_server_backup_conflict: only on the same day")
{
    const std::string weekdays = ByWeek("<Monday /><Tuesday />");
    RecordedMachine machine = With(Calendar("2026-01-01T21:30:00", ByWeek("<Saturday/><Tuesday/>")));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "close");
    CHECK(outcome.facts.at("server_backup_times") == Fact(std::vector<std::string>{"21:30 Tue Sat"}));
    SetAgentSchedule(machine, weekdays);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "close");
    machine = With(Calendar("2026-01-01T21:30:00", ByWeek("<Saturday/><Sunday/>")));
    SetAgentSchedule(machine, weekdays);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("windows_server_backup_conflict: monthly schedules may fall on any day")
{
    CheckProblem(Detect(Cause(), With(Calendar("2026-01-01T21:30:00", "<ScheduleByMonth/>"))),
        Level::kWarning, "close");
}

TEST_CASE("windows_server_backup_conflict: triggers that are off or over do not start it")
{
    CheckPassed(Detect(Cause(), With(Calendar("2026-01-01T21:00:00", kDaily, "<Enabled>false</Enabled>"))));
    CheckPassed(Detect(Cause(),
        With(Calendar("2026-01-01T21:00:00", kDaily, "<EndBoundary>2026-03-10T12:00:00Z</EndBoundary>"))));
    CheckPassed(Detect(Cause(), With("<BootTrigger/>" + Calendar("2026-01-01T03:00:00", kDaily))));
    CheckPassed(Detect(Cause(), With(Calendar("soon", kDaily))));
    // One of the agent's own that is off will be switched on again.
    RecordedMachine machine = With(Calendar("2026-01-01T21:00:00", kDaily));
    ReplaceInTask(machine, "<Enabled>true</Enabled>", "<Enabled>false</Enabled>");
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "close");
}

TEST_CASE("windows_server_backup_conflict: times with an offset become local ones")
{
    // Local time is one hour ahead.
    CheckProblem(Detect(Cause(), With(Calendar("2026-01-01T18:01:00Z", kDaily))), Level::kWarning, "close");
    CheckPassed(Detect(Cause(), With(Calendar("2026-01-01T18:00:00Z", kDaily))));
    CheckProblem(
        Detect(Cause(), With(Calendar("2026-01-01T23:30:00+03:00", kDaily))), Level::kWarning, "close");
}

TEST_CASE("windows_server_backup_conflict: a single date counts while it is to come")
{
    const auto once = [](const std::string& time) {
        return "<TimeTrigger><StartBoundary>" + time + "</StartBoundary></TimeTrigger>";
    };
    CheckProblem(Detect(Cause(), With(once("2026-03-11T21:00:00"))), Level::kWarning, "close");
    CheckProblem(Detect(Cause(), With(once("2026-03-10T20:00:00"))), Level::kWarning, "close");
    CheckPassed(Detect(Cause(), With(once("2026-03-09T21:00:00"))));
    RecordedMachine machine = With(once("2026-03-11T21:00:00"));
    SetAgentSchedule(machine, ByWeek("<Thursday/>"));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("windows_server_backup_conflict: a schedule that cannot be read is not judged")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListTasks{kFolder}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = With(Calendar("2026-01-01T03:00:00", kDaily));
    Edit(machine, ListTasks{kFolder}, [](TaskList& list) { list.tasks[0].xml = "<Task>"; });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kInvalidData);
    machine = With(Calendar("2026-01-01T03:00:00", kDaily));
    machine.Set(ReadClock{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("windows_server_backup_conflict: needs the agent, its own schedule and its tasks")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    CheckNeedsTask(Cause());
    RecordedMachine machine = With(Calendar("2026-01-01T03:00:00", kDaily));
    EditTask(machine, [](ScheduledTask& task) { task.xml = "<Task>"; });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kInvalidData);
}

} // namespace mars::test
