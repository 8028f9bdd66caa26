// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "log_errors.h"
#include "mars_agent.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/services.h"
#include "repair.h"
#include "test_support.h"

#include <memory>

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("restore.iscsi_service_stopped");
}

const QueryService kInitiator{"MSiSCSI"};

RecordedMachine With(ServiceState state, StartType startType = StartType::kManual)
{
    RecordedMachine machine = AdvisedServer();
    Edit(machine, kInitiator, [&](ServiceStatus& service) {
        service.state = state;
        service.startType = startType;
    });
    return machine;
}

const ScanAgentLogs kLog{std::string(kInstallPath) + "Temp", LogErrorPatterns(), true};

void SetMountFailure(RecordedMachine& machine, Timestamp time, const char* text = "IscsiMountFailure")
{
    Edit(machine, kLog, [&](LogScan& scan) { scan.matches = {{time, text, "FATAL", text}}; });
}

/// The healthy server's last success.
const Timestamp kSuccess = kNow - std::chrono::hours(14);

} // namespace

TEST_CASE("iscsi_service_stopped: running passes, and a restart disturbs nobody")
{
    const Outcome outcome = Detect(Cause(), AdvisedServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("case").empty());
    CheckPassed(Detect(Cause(), With(ServiceState::kStartPending)));
    CheckPassed(Detect(Cause(), With(ServiceState::kContinuePending)));
}

TEST_CASE(
    "iscsi_service_stopped: sessions and running dependents are named where a restart would cut them off")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(ListIscsiSessions{}, IscsiSessionList{{{"iqn.2020-01.example:disk1", 1, false}}});
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "running_in_use");
    CHECK(outcome.facts.at("used_by") == Fact(std::vector<std::string>{"iqn.2020-01.example:disk1"}));

    machine = AdvisedServer();
    Edit(machine, kInitiator, [](ServiceStatus& service) { service.runningDependents = {"StorageTool"}; });
    outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("case") == "running_in_use");
    CHECK(outcome.facts.at("used_by") == Fact(std::vector<std::string>{"StorageTool"}));
}

TEST_CASE("iscsi_service_stopped: unknown sessions are not shown as none")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(ListIscsiSessions{}, Failure{code::kNotSupported, "list sessions"});
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "running_sessions_unknown");
    Edit(machine, kInitiator, [](ServiceStatus& service) { service.runningDependents = {"StorageTool"}; });
    CHECK(Detect(Cause(), machine).Text("case") == "running_in_use");
}

TEST_CASE("iscsi_service_stopped: Manual and stopped is how Windows comes, and Start is still offered")
{
    const Outcome outcome = Detect(Cause(), With(ServiceState::kStopped));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "stopped_manual");
    const EntryText text = BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish);
    REQUIRE(text.steps.size() > 1);
    CHECK(text.steps[1].tool == "services");
    CHECK(text.steps[1].text.find("start it") != std::string::npos);
    const auto stopped = std::make_shared<RecordedMachine>(With(ServiceState::kStopped));
    const RepairResult plan = RepairEngine(stopped, nullptr, nullptr, MarsAgent()).MakePlan(Cause(), {}, {});
    CHECK(plan.status == RepairStatus::kPlanned);
    REQUIRE(plan.steps.size() == 1);
    CHECK(plan.steps[0].change == Change(StartService{"MSiSCSI"}));
    const auto running = std::make_shared<RecordedMachine>(AdvisedServer());
    CHECK(RepairEngine(running, nullptr, nullptr, MarsAgent()).MakePlan(Cause(), {}, {}).status
        == RepairStatus::kNothingToDo);
    RecordedMachine machine = With(ServiceState::kStopped);
    SetMountFailure(machine, kNow);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("iscsi_service_stopped: Automatic and not running, or neither running nor stopped, is a warning")
{
    for (const StartType startType : {StartType::kAutomatic, StartType::kAutomaticDelayed})
    {
        CheckProblem(Detect(Cause(), With(ServiceState::kStopped, startType)), Level::kWarning, "stopped");
    }
    CheckProblem(Detect(Cause(), With(ServiceState::kPaused)), Level::kWarning, "stopped");
    CheckProblem(Detect(Cause(), With(ServiceState::kStopPending)), Level::kWarning, "stopped");
}

TEST_CASE("iscsi_service_stopped: disabled is a warning, running or not")
{
    CheckProblem(
        Detect(Cause(), With(ServiceState::kStopped, StartType::kDisabled)), Level::kWarning, "disabled");
    CheckProblem(
        Detect(Cause(), With(ServiceState::kRunning, StartType::kDisabled)), Level::kWarning, "disabled");
}

TEST_CASE("iscsi_service_stopped: it is an error once a volume could not be mounted since the last success")
{
    RecordedMachine machine = With(ServiceState::kStopped, StartType::kDisabled);
    SetMountFailure(machine, kSuccess + std::chrono::seconds(1));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "mount_failed");
    CHECK(outcome.facts.at("mount_failed") == Fact(kSuccess + std::chrono::seconds(1)));
    SetMountFailure(machine, kSuccess);
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "disabled");
    // Another error of the page has nothing to do with it.
    SetMountFailure(machine, kNow, "CBPDiskFull");
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "disabled");
    machine = With(ServiceState::kStopped, StartType::kAutomatic);
    SetMountFailure(machine, kNow);
    CheckProblem(Detect(Cause(), machine), Level::kError, "mount_failed");
    // Without any success the whole log counts.
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, Absent{});
    machine.Set(ReadEvents{"CloudBackup/Operational", {1, 3, 10, 11}}, Absent{});
    SetMountFailure(machine, kNow - std::chrono::days(90));
    CheckProblem(Detect(Cause(), machine), Level::kError, "mount_failed");
}

TEST_CASE("iscsi_service_stopped: what cannot be read makes it no worse")
{
    RecordedMachine machine = With(ServiceState::kStopped, StartType::kDisabled);
    machine.Set(kLog, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "disabled");
    machine = With(ServiceState::kStopped, StartType::kDisabled);
    SetMountFailure(machine, kNow);
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "disabled");
}

TEST_CASE("iscsi_service_stopped: a Windows without the service has nothing to judge")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(kInitiator, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kServiceMissing);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("iscsi_service_stopped: is judged without an agent")
{
    RecordedMachine machine = With(ServiceState::kStopped, StartType::kDisabled);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "disabled");
}

TEST_CASE("iscsi_service_stopped: a service that cannot be asked is no pass")
{
    RecordedMachine machine = AdvisedServer();
    machine.Set(kInitiator, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("iscsi_service_stopped: the repair makes a disabled service manual and starts it")
{
    const SetServiceStartType enable{"MSiSCSI", StartType::kDisabled, StartType::kManual};
    const StartService start{"MSiSCSI"};
    const RepairProposal disabled = Propose(Cause(), With(ServiceState::kStopped, StartType::kDisabled));
    CHECK(disabled.plan.changes == std::vector<Change>{enable, start});
    CHECK(IsReversible(disabled.plan));
    CHECK_FALSE(disabled.plan.disturbs);
    CHECK(Propose(Cause(), With(ServiceState::kStopped, StartType::kAutomatic)).plan.changes
        == std::vector<Change>{start});
}

TEST_CASE("iscsi_service_stopped: the repair never stops a running service")
{
    const SetServiceStartType enable{"MSiSCSI", StartType::kDisabled, StartType::kManual};
    CHECK(Propose(Cause(), With(ServiceState::kRunning, StartType::kDisabled)).plan.changes
        == std::vector<Change>{enable});
    CHECK(Propose(Cause(), AdvisedServer()).kind == RepairProposal::Kind::kNothingToDo);
    CHECK(Propose(Cause(), With(ServiceState::kPaused)).kind == RepairProposal::Kind::kGuided);
}

} // namespace mars::test
