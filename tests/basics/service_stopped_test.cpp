// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("basics.service_stopped");
}

const QueryService kEngine{"obengine"};

RecordedMachine With(ServiceState state, StartType startType = StartType::kAutomatic)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kEngine, [&](ServiceStatus& service) {
        service.state = state;
        service.startType = startType;
        service.exitCode = 1067;
    });
    return machine;
}

RecordedMachine PendingSince(std::optional<Timestamp> started)
{
    RecordedMachine machine = With(ServiceState::kStartPending);
    Edit(machine, kEngine, [&](ServiceStatus& service) { service.processStarted = started; });
    return machine;
}

} // namespace

TEST_CASE("service_stopped: running passes, with start type Manual too")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), With(ServiceState::kRunning, StartType::kManual)));
    CheckPassed(Detect(Cause(), With(ServiceState::kRunning, StartType::kAutomaticDelayed)));
}

TEST_CASE("service_stopped: the restart is offered while the service runs, and waits for a job")
{
    const auto steps = [](const Outcome& outcome) {
        std::string all;
        for (const GuidedStep& step :
            BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish).steps)
        {
            all += step.text + "\n";
        }
        return all;
    };
    RecordedMachine machine = HealthyServer();
    const Outcome idle = Detect(Cause(), machine);
    CheckPassed(idle);
    CHECK(idle.facts.at("job_running") == Fact(false));
    CHECK(steps(idle).find("choose Restart") != std::string::npos);
    CHECK(steps(idle).find("wait until none is running") == std::string::npos);

    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) { list.tasks.front().runningInstances = 1; });
    const Outcome busy = Detect(Cause(), machine);
    CheckPassed(busy);
    CHECK(busy.facts.at("job_running") == Fact(true));
    CHECK(steps(busy).find("wait until none is running") != std::string::npos);
}

TEST_CASE("service_stopped: stopped is a problem whatever the start type")
{
    const Outcome outcome = Detect(Cause(), With(ServiceState::kStopped, StartType::kManual));
    CheckProblem(outcome, Level::kError, "stopped");
    CHECK(outcome.Text("exit_code") == "1067");
    CheckProblem(Detect(Cause(), With(ServiceState::kStopped)), Level::kError, "stopped");
}

TEST_CASE("service_stopped: a service that was never started since Windows was has no failure to tell")
{
    RecordedMachine machine = With(ServiceState::kStopped, StartType::kManual);
    Edit(machine, kEngine, [](ServiceStatus& service) { service.exitCode = 1077; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "not_started");
}

TEST_CASE("service_stopped: disabled is a problem, running or not")
{
    CheckProblem(
        Detect(Cause(), With(ServiceState::kStopped, StartType::kDisabled)), Level::kError, "disabled");
    CheckProblem(
        Detect(Cause(), With(ServiceState::kRunning, StartType::kDisabled)), Level::kError, "disabled");
}

TEST_CASE("service_stopped: paused is a problem")
{
    CheckProblem(Detect(Cause(), With(ServiceState::kPaused)), Level::kError, "paused");
}

TEST_CASE("service_stopped: starting is a problem after more than 60 seconds")
{
    CheckPassed(Detect(Cause(), PendingSince(kNow - std::chrono::seconds(60))));
    CheckProblem(Detect(Cause(), PendingSince(kNow - std::chrono::seconds(61))), Level::kError, "pending");
}

TEST_CASE("service_stopped: nothing is said of how long it takes to stop, pause or resume an old process")
{
    for (const ServiceState state :
        {ServiceState::kStopPending, ServiceState::kContinuePending, ServiceState::kPausePending})
    {
        RecordedMachine machine = With(state);
        CheckProblem(Detect(Cause(), machine), Level::kWarning, "changing");
        Edit(machine, kEngine, [](ServiceStatus& service) { service.processStarted = std::nullopt; });
        CheckProblem(Detect(Cause(), machine), Level::kWarning, "changing");
    }
}

TEST_CASE("service_stopped: pending without a known begin cannot be judged")
{
    CheckCouldNotCheck(Detect(Cause(), PendingSince(std::nullopt)), code::kNotSupported);
    RecordedMachine machine = PendingSince(kNow);
    machine.Set(ReadClock{}, Failure{code::kTimeout, "read the clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
}

TEST_CASE("service_stopped: an agent without its service is a problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEngine, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "service_missing");
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("service_stopped: without an agent there is nothing to judge")
{
    RecordedMachine machine = With(ServiceState::kStopped);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("service_stopped: a service that cannot be asked is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEngine, Failure{code::kAccessDenied, "open service obengine"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("service_stopped: the repair starts the service and leaves Manual alone")
{
    const RepairProposal proposal = Propose(Cause(), With(ServiceState::kStopped, StartType::kManual));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(proposal.plan.changes == std::vector<Change>{StartService{"obengine"}});
    CHECK_FALSE(proposal.plan.disturbs);
}

TEST_CASE("service_stopped: the repair makes a disabled service automatic first")
{
    const SetServiceStartType enable{"obengine", StartType::kDisabled, StartType::kAutomatic};
    const RepairProposal stopped = Propose(Cause(), With(ServiceState::kStopped, StartType::kDisabled));
    CHECK(stopped.plan.changes == std::vector<Change>{enable, StartService{"obengine"}});
    CHECK(IsReversible(stopped.plan));
    const RepairProposal running = Propose(Cause(), With(ServiceState::kRunning, StartType::kDisabled));
    CHECK(running.plan.changes == std::vector<Change>{enable});
}

TEST_CASE("service_stopped: a restart is never planned")
{
    CHECK(Propose(Cause(), With(ServiceState::kPaused)).kind == RepairProposal::Kind::kGuided);
    CHECK(Propose(Cause(), With(ServiceState::kStopPending)).kind == RepairProposal::Kind::kGuided);
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
