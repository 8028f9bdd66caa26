// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "tasks.h"

namespace mars::test
{
namespace
{

const std::string kUninstall = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const std::string kProduct = kUninstall + "\\{FFE6D16C-3F87-4192-AF94-DDBEFF165106}";
const std::string kEngine = std::string(kInstallPath) + "bin\\cbengine.exe";

const RootCause& Cause()
{
    return *FindRootCause("scheduling.not_restarted_since_install");
}

/// The healthy server was started on 2026-02-28 at 12:00 UTC, 13:00 local time.
RecordedMachine InstalledOn(const std::string& date)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{{kProduct, "InstallDate"}}, RegistryValue::String(date));
    return machine;
}

void SetCreated(RecordedMachine& machine, Timestamp created)
{
    Edit(machine, ReadFileInfo{kEngine}, [&](FileInfo& info) { info.created = created; });
}

const Timestamp kBooted = kNow - std::chrono::days(10);

} // namespace

TEST_CASE("not_restarted_since_install: the day of the installation decides where it is another day")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), InstalledOn("20260227")));
    const Outcome outcome = Detect(Cause(), InstalledOn("20260301"));
    CheckProblem(outcome, Level::kAdvice, "not_restarted");
    CHECK(outcome.Text("installed") == "2026-03-01");
    CHECK(outcome.facts.at("started") == Fact(kBooted));
}

TEST_CASE("not_restarted_since_install: on the same day the program's file decides")
{
    RecordedMachine machine = InstalledOn("20260228");
    SetCreated(machine, kBooted);
    CheckPassed(Detect(Cause(), machine));
    SetCreated(machine, kBooted + std::chrono::seconds(1));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "not_restarted");
}

TEST_CASE("not_restarted_since_install: the day is one of local time")
{
    RecordedMachine machine = InstalledOn("20260301");
    Edit(machine, ReadClock{}, [](ClockReading& clock) { clock.utcOffsetMinutes = 12 * 60; });
    SetCreated(machine, kBooted - std::chrono::seconds(1));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("not_restarted_since_install: without the list of programs the file decides")
{
    for (const Answer<RegistryKeyContent>& list :
        {Answer<RegistryKeyContent>(Absent{}), Answer<RegistryKeyContent>(Failure{code::kAccessDenied, "x"}),
            Answer<RegistryKeyContent>(RegistryKeyContent{{"Other"}, {}})})
    {
        RecordedMachine machine = HealthyServer();
        machine.Set(ListRegistryKey{kUninstall}, list);
        machine.Set(
            ReadRegistryValue{{kUninstall + "\\Other", "DisplayName"}}, RegistryValue::String("Other"));
        machine.Set(
            ReadRegistryValue{{kUninstall + "\\Other", "InstallDate"}}, RegistryValue::String("20260309"));
        CheckPassed(Detect(Cause(), machine));
        SetCreated(machine, kBooted + std::chrono::hours(1));
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kAdvice, "not_restarted");
        CHECK(outcome.Text("installed") == "2026-02-28T13:00:00Z");
    }
    for (const char* date : {"", "yesterday", "20261341", "2026-03-01"})
    {
        CheckPassed(Detect(Cause(), InstalledOn(date)));
    }
}

TEST_CASE("not_restarted_since_install: of several entries the newest counts")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListRegistryKey{kUninstall},
        RegistryKeyContent{{"{FFE6D16C-3F87-4192-AF94-DDBEFF165106}", "Second"}, {}});
    machine.Set(ReadRegistryValue{{kUninstall + "\\Second", "DisplayName"}},
        RegistryValue::String("Microsoft Azure Recovery Services Agent"));
    machine.Set(
        ReadRegistryValue{{kUninstall + "\\Second", "InstallDate"}}, RegistryValue::String("20260302"));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "not_restarted");
}

TEST_CASE("not_restarted_since_install: a failed last run makes it a warning")
{
    RecordedMachine machine = InstalledOn("20260301");
    EditTask(machine, [](ScheduledTask& task) { task.lastResult = 1; });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kWarning, "last_run_failed");
    CHECK(outcome.facts.contains("failed_runs"));
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "not_restarted");
}

TEST_CASE("not_restarted_since_install: needs the agent, its own schedule and a clock")
{
    CheckNeedsAgent(Cause());
    CheckDpmServer(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

} // namespace mars::test
