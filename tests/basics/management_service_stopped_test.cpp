// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/services.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

constexpr const char* kName = "OBRecoveryServicesManagementAgent";

const RootCause& Cause()
{
    return *FindRootCause("basics.management_service_stopped");
}

RecordedMachine With(ServiceState state, StartType startType = StartType::kAutomatic)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, QueryService{kName}, [&](ServiceStatus& service) {
        service.state = state;
        service.startType = startType;
    });
    return machine;
}

} // namespace

TEST_CASE("management_service_stopped: running or starting passes, whatever the start type")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), With(ServiceState::kStartPending)));
    CheckPassed(Detect(Cause(), With(ServiceState::kRunning, StartType::kManual)));
}

TEST_CASE("management_service_stopped: stopped although automatic is a warning, for it costs no backup")
{
    CheckProblem(Detect(Cause(), With(ServiceState::kStopped)), Level::kWarning, "stopped");
    CheckProblem(Detect(Cause(), With(ServiceState::kStopped, StartType::kAutomaticDelayed)), Level::kWarning,
        "stopped");
    CheckProblem(Detect(Cause(), With(ServiceState::kPaused)), Level::kWarning, "not_running");
    CheckProblem(Detect(Cause(), With(ServiceState::kStopPending)), Level::kWarning, "not_running");
}

TEST_CASE("management_service_stopped: disabled is a warning, running or not")
{
    CheckProblem(
        Detect(Cause(), With(ServiceState::kStopped, StartType::kDisabled)), Level::kWarning, "disabled");
    CheckProblem(
        Detect(Cause(), With(ServiceState::kRunning, StartType::kDisabled)), Level::kWarning, "disabled");
}

TEST_CASE("management_service_stopped: who set it to Manual did not ask for it to run")
{
    const Outcome outcome = Detect(Cause(), With(ServiceState::kStopped, StartType::kManual));
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "passed_not_running");
}

TEST_CASE("management_service_stopped: a delayed start is waited for after Windows was started")
{
    RecordedMachine machine = With(ServiceState::kStopped, StartType::kAutomaticDelayed);
    const auto start = [&](std::chrono::seconds ago) {
        Edit(machine, ReadClock{}, [&](ClockReading& clock) { clock.booted = clock.now - ago; });
    };
    start(std::chrono::seconds(599));
    CheckPassed(Detect(Cause(), machine));
    start(std::chrono::seconds(600));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "stopped");
    machine = With(ServiceState::kStopped);
    start(std::chrono::seconds(60));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "stopped");
}

TEST_CASE("management_service_stopped: an agent without this service, and no agent")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{kName}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kServiceMissing);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("management_service_stopped: a service that cannot be asked is no pass")
{
    RecordedMachine machine = HealthyServer();
    for (const std::uint32_t why : {code::kAccessDenied, code::kNotRecorded})
    {
        machine.Set(QueryService{kName}, Failure{why, "open service"});
        CheckCouldNotCheck(Detect(Cause(), machine), why);
    }
}

TEST_CASE("management_service_stopped: the repair makes a disabled service automatic, and starts it")
{
    const SetServiceStartType enable{kName, StartType::kDisabled, StartType::kAutomatic};
    const RepairProposal disabled = Propose(Cause(), With(ServiceState::kStopped, StartType::kDisabled));
    REQUIRE(disabled.kind == RepairProposal::Kind::kPlanned);
    CHECK(disabled.plan.changes == std::vector<Change>{enable, StartService{kName}});
    CHECK(IsReversible(disabled.plan));
    CHECK_FALSE(disabled.plan.disturbs);
    CHECK(Propose(Cause(), With(ServiceState::kStopped)).plan.changes
        == std::vector<Change>{StartService{kName}});
    CHECK(Propose(Cause(), With(ServiceState::kRunning, StartType::kDisabled)).plan.changes
        == std::vector<Change>{enable});
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("management_service_stopped: a restart is never planned")
{
    CHECK(Propose(Cause(), With(ServiceState::kPaused)).kind == RepairProposal::Kind::kGuided);
    CHECK(Propose(Cause(), With(ServiceState::kStopPending)).kind == RepairProposal::Kind::kGuided);
}

} // namespace mars::test
