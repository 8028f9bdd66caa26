// SPDX-License-Identifier: MIT
#include "service_start.h"

#include "questions/services.h"

namespace mars
{

RepairProposal ProposeStart(const MachineView& machine, const std::string& service, StartType enabled)
{
    const auto status = machine.Ask(QueryService{service});
    if (!status || (status->state != ServiceState::kStopped && status->state != ServiceState::kRunning))
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    if (status->startType == StartType::kDisabled)
    {
        plan.changes.push_back(SetServiceStartType{service, StartType::kDisabled, enabled});
    }
    if (status->state == ServiceState::kStopped)
    {
        plan.changes.push_back(StartService{service});
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace mars
