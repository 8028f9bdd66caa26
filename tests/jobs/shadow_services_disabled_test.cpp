// SPDX-License-Identifier: MIT
#include "jobs.h"

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
