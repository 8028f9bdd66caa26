// SPDX-License-Identifier: MIT
#include "agent_events.h"

#include "questions/events.h"

namespace mars
{

Answer<EventList> ReadAgentEvents(const MachineView& machine, const std::vector<std::uint32_t>& ids)
{
    const auto first = machine.Ask(ReadEvents{"CloudBackup", ids});
    if (first.HasFailed() || (first && !first->events.empty()))
    {
        return first;
    }
    const auto second = machine.Ask(ReadEvents{"CloudBackup/Operational", ids});
    // Recordings of earlier versions hold only the first for some ids.
    const bool notAsked = second.HasFailed() && second.Error().code == code::kNotRecorded;
    return second.IsAbsent() || notAsked ? first : second;
}

} // namespace mars
