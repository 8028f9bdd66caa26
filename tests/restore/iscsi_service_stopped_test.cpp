// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "test_support.h"

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
    RecordedMachine machine = HealthyServer();
    Edit(machine, kInitiator, [&](ServiceStatus& service) {
        service.state = state;
        service.startType = startType;
    });
    return machine;
}

} // namespace

TEST_CASE("iscsi_service_stopped: running passes, and a restart disturbs nobody")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("case").empty());
    CheckPassed(Detect(Cause(), With(ServiceState::kStartPending)));
    CheckPassed(Detect(Cause(), With(ServiceState::kContinuePending)));
}

TEST_CASE(
    "iscsi_service_stopped: sessions and running dependents are named where a restart would cut them off")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListIscsiSessions{}, IscsiSessionList{{{"iqn.2020-01.example:disk1", 1, false}}});
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "running_in_use");
    CHECK(outcome.facts.at("used_by") == Fact(std::vector<std::string>{"iqn.2020-01.example:disk1"}));

    machine = HealthyServer();
    Edit(machine, kInitiator, [](ServiceStatus& service) { service.runningDependents = {"StorageTool"}; });
    outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("case") == "running_in_use");
    CHECK(outcome.facts.at("used_by") == Fact(std::vector<std::string>{"StorageTool"}));
}

TEST_CASE("iscsi_service_stopped: unknown sessions are not shown as none")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListIscsiSessions{}, Failure{code::kNotSupported, "list sessions"});
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "running_sessions_unknown");
    Edit(machine, kInitiator, [](ServiceStatus& service) { service.runningDependents = {"StorageTool"}; });
    CHECK(Detect(Cause(), machine).Text("case") == "running_in_use");
}

TEST_CASE("iscsi_service_stopped: stopped is an error")
{
    CheckProblem(Detect(Cause(), With(ServiceState::kStopped)), Level::kError, "stopped");
    CheckProblem(Detect(Cause(), With(ServiceState::kPaused)), Level::kError, "stopped");
    CheckProblem(Detect(Cause(), With(ServiceState::kStopPending)), Level::kError, "stopped");
}

TEST_CASE("iscsi_service_stopped: disabled is an error, running or not")
{
    CheckProblem(
        Detect(Cause(), With(ServiceState::kStopped, StartType::kDisabled)), Level::kError, "disabled");
    CheckProblem(
        Detect(Cause(), With(ServiceState::kRunning, StartType::kDisabled)), Level::kError, "disabled");
}

TEST_CASE("iscsi_service_stopped: a Windows without the service has nothing to judge")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kInitiator, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kServiceMissing);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("iscsi_service_stopped: is judged without an agent")
{
    RecordedMachine machine = With(ServiceState::kStopped);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "stopped");
}

TEST_CASE("iscsi_service_stopped: a service that cannot be asked is no pass")
{
    RecordedMachine machine = HealthyServer();
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
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
    CHECK(Propose(Cause(), With(ServiceState::kPaused)).kind == RepairProposal::Kind::kGuided);
}

} // namespace mars::test
