// SPDX-License-Identifier: MIT
#include "root_cause.h"

#include <array>

namespace mars::jobs
{
namespace
{

/// Windows starts them when a shadow copy is made, so Manual is right and "stopped" is no problem.
constexpr std::array<const char*, 3> kServices{"VSS", "swprv", "vds"};

struct Services
{
    std::vector<std::string> disabled;
    std::vector<std::string> found;
    std::optional<Failure> failure;
};

Services ReadServices(const MachineView& machine)
{
    Services services;
    for (const char* name : kServices)
    {
        const auto service = machine.Ask(QueryService{name});
        if (service.HasFailed())
        {
            services.failure = services.failure ? services.failure : service.Error();
        }
        else if (service)
        {
            services.found.emplace_back(name);
            if (service->startType == StartType::kDisabled)
            {
                services.disabled.emplace_back(name);
            }
        }
    }
    return services;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const Services services = ReadServices(machine);
    Facts facts{{"services", services.found}};
    if (!services.disabled.empty())
    {
        facts["disabled"] = services.disabled;
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (services.failure)
    {
        return Outcome::CouldNotCheck(*services.failure, std::move(facts));
    }
    return services.found.empty() ? Outcome::NotApplicable(reason::kServiceMissing)
                                  : Outcome::Passed(std::move(facts));
}

/// Not started: Windows does that when they are needed.
RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    Plan plan;
    for (const std::string& name : ReadServices(machine).disabled)
    {
        plan.changes.push_back(SetServiceStartType{name, StartType::kDisabled, StartType::kManual});
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& ShadowServicesDisabled()
{
    static constexpr RootCause kCause{
        "jobs.shadow_services_disabled", "J-4", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::jobs
