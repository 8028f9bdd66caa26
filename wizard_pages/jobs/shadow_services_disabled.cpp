// SPDX-License-Identifier: MIT
#include "agent_tasks.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <span>

namespace mars::jobs
{
namespace
{

/// Windows starts them when a shadow copy is made, so Manual is right and "stopped" is no problem.
constexpr std::array<const char*, 3> kForAll{"VSS", "swprv", "vds"};

/// What a backup of the system state needs besides; Microsoft asks for Automatic
/// (https://learn.microsoft.com/azure/backup/backup-azure-system-state-troubleshoot).
constexpr std::array<const char*, 3> kForSystemState{"EventSystem", "SENS", "RpcSs"};

bool IsForAll(const std::string& service)
{
    return std::ranges::find(kForAll, service) != kForAll.end();
}

struct Services
{
    std::vector<std::string> disabled;
    std::vector<std::string> found;
    std::optional<Failure> failure;
};

void Read(const MachineView& machine, std::span<const char* const> names, Services& services)
{
    for (const char* name : names)
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
}

/// The agent has a task of its own for the system state.
Answer<bool> IsSystemStateScheduled(const MachineView& machine)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        return list.Error();
    }
    const auto tasks = list.ValueOr({}).tasks;
    return std::ranges::any_of(
        tasks, [](const ScheduledTask& task) { return task.enabled && IsSystemStateTask(task.path); });
}

Services ReadServices(const MachineView& machine)
{
    Services services;
    Read(machine, kForAll, services);
    const auto scheduled = IsSystemStateScheduled(machine);
    if (scheduled && !*scheduled)
    {
        return services;
    }
    Services more;
    Read(machine, kForSystemState, more);
    if (scheduled.HasFailed() && !more.disabled.empty() && !services.failure)
    {
        services.failure = scheduled.Error();
    }
    if (scheduled)
    {
        services.disabled.insert(services.disabled.end(), more.disabled.begin(), more.disabled.end());
        services.found.insert(services.found.end(), more.found.begin(), more.found.end());
        // Recordings of earlier versions were not asked for them.
        const bool asked = more.failure && more.failure->code != code::kNotRecorded;
        services.failure = !services.failure && asked ? more.failure : services.failure;
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
        if (std::ranges::none_of(services.disabled, IsForAll))
        {
            facts["case"] = "system_state";
        }
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (services.failure)
    {
        return Outcome::CouldNotCheck(*services.failure, std::move(facts));
    }
    return services.found.empty() ? Outcome::NotApplicable(reason::kServiceMissing)
                                  : Outcome::Passed(std::move(facts));
}

/// Not started: Windows does that when they are needed, or at its next start.
RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    Plan plan;
    for (const std::string& name : ReadServices(machine).disabled)
    {
        plan.changes.push_back(SetServiceStartType{
            name, StartType::kDisabled, IsForAll(name) ? StartType::kManual : StartType::kAutomatic});
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
