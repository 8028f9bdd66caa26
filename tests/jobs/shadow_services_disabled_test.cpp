// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "questions/services.h"
#include "questions/tasks.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("jobs.shadow_services_disabled");
}

constexpr std::array<const char*, 3> kServices{"VSS", "swprv", "vds"};

RecordedMachine WithStartType(const std::string& service, StartType startType)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, QueryService{service}, [&](ServiceStatus& status) { status.startType = startType; });
    return machine;
}

} // namespace

TEST_CASE("shadow_services_disabled: services that may be started pass, running or not")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    for (const StartType startType :
        {StartType::kAutomatic, StartType::kAutomaticDelayed, StartType::kManual})
    {
        CheckPassed(Detect(Cause(), WithStartType("VSS", startType)));
    }
}

TEST_CASE(
    "shadow_services_disabled: each of them may be the disabled one, and becomes Manual without a start")
{
    for (const char* service : kServices)
    {
        const RecordedMachine machine = WithStartType(service, StartType::kDisabled);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError);
        CHECK(outcome.facts.at("disabled") == Fact(std::vector<std::string>{service}));
        const RepairProposal proposal = Propose(Cause(), machine);
        REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
        CHECK(proposal.plan.changes
            == std::vector<Change>{SetServiceStartType{service, StartType::kDisabled, StartType::kManual}});
        CHECK(IsReversible(proposal.plan));
    }
}

TEST_CASE("shadow_services_disabled: all three at once")
{
    RecordedMachine machine = HealthyServer();
    for (const char* service : kServices)
    {
        Edit(machine, QueryService{service},
            [](ServiceStatus& status) { status.startType = StartType::kDisabled; });
    }
    CHECK(Propose(Cause(), machine).plan.changes.size() == 3);
}

TEST_CASE("shadow_services_disabled: a service that cannot be asked is not taken for a good one")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{"swprv"}, Failure{code::kAccessDenied, "OpenService"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    Edit(
        machine, QueryService{"vds"}, [](ServiceStatus& status) { status.startType = StartType::kDisabled; });
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("shadow_services_disabled: a service that this Windows does not have is not disabled")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{"vds"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(QueryService{"VSS"}, Absent{});
    machine.Set(QueryService{"swprv"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kServiceMissing);
}

namespace
{

constexpr std::array<const char*, 3> kForSystemState{"EventSystem", "SENS", "RpcSs"};

/// Its other services run, and the agent has a task for the system state.
RecordedMachine WithSystemState()
{
    RecordedMachine machine = HealthyServer();
    for (const char* name : kForSystemState)
    {
        ServiceStatus service;
        service.name = name;
        service.state = ServiceState::kRunning;
        service.startType = StartType::kAutomatic;
        machine.Set(QueryService{name}, service);
    }
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks.push_back(list.tasks[0]);
        list.tasks[1].path = std::string(kTaskFolder) + "\\Microsoft-OnlineBackup-SystemStateBackup";
    });
    return machine;
}

} // namespace

TEST_CASE("shadow_services_disabled: where the system state is scheduled its services count too")
{
    const Outcome passed = Detect(Cause(), WithSystemState());
    CheckPassed(passed);
    CHECK(std::get<std::vector<std::string>>(passed.facts.at("services")).size() == 6);
    for (const char* service : kForSystemState)
    {
        CAPTURE(service);
        RecordedMachine machine = WithSystemState();
        Edit(machine, QueryService{service},
            [](ServiceStatus& status) { status.startType = StartType::kDisabled; });
        CheckProblem(Detect(Cause(), machine), Level::kError, "system_state");
        CHECK(Propose(Cause(), machine).plan.changes
            == std::vector<Change>{
                SetServiceStartType{service, StartType::kDisabled, StartType::kAutomatic}});
        Edit(machine, QueryService{"VSS"},
            [](ServiceStatus& status) { status.startType = StartType::kDisabled; });
        const Outcome both = Detect(Cause(), machine);
        CheckProblem(both, Level::kError);
        CHECK(both.facts.at("disabled") == Fact(std::vector<std::string>{"VSS", service}));
        CHECK(both.Text("case").empty());
    }
}

TEST_CASE("shadow_services_disabled: without a schedule for the system state they do not count")
{
    const auto disable = [](RecordedMachine& machine) {
        Edit(machine, QueryService{"SENS"},
            [](ServiceStatus& status) { status.startType = StartType::kDisabled; });
    };
    RecordedMachine machine = WithSystemState();
    disable(machine);
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) { list.tasks[1].enabled = false; });
    CheckPassed(Detect(Cause(), machine));
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kNothingToDo);
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckPassed(Detect(Cause(), machine));
    // Whether there is one is not known.
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = WithSystemState();
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("shadow_services_disabled: a service of the system state that cannot be asked lets nothing pass")
{
    RecordedMachine machine = WithSystemState();
    machine.Set(QueryService{"SENS"}, Failure{code::kAccessDenied, "OpenService"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    // Recordings of earlier versions were not asked for them.
    machine.Set(QueryService{"SENS"}, Failure{code::kNotRecorded, "x"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("shadow_services_disabled: needs no agent")
{
    RecordedMachine machine = WithStartType("VSS", StartType::kDisabled);
    machine.Set(kEngineFile, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("shadow_services_disabled: there is nothing to do when none is disabled")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
