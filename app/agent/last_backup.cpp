// SPDX-License-Identifier: MIT
#include "last_backup.h"

#include "agent_events.h"
#include "questions/events.h"
#include "questions/log.h"

namespace mars
{
namespace
{

constexpr std::uint32_t kSucceeded = 3;
constexpr std::uint32_t kSucceededWithWarnings = 10;
/// Begin and end of jobs, asked for together so that all checks share one question.
const std::vector<std::uint32_t> kJobEvents{1, 3, 10, 11};

} // namespace

Answer<Timestamp> ReadLastSuccess(const MachineView& machine)
{
    const auto events = ReadAgentEvents(machine, kJobEvents);
    if (events.HasFailed())
    {
        return events.Error();
    }
    for (const EventInfo& event : events.ValueOr({}).events)
    {
        if (event.id == kSucceeded || event.id == kSucceededWithWarnings)
        {
            return event.time;
        }
    }
    return Absent{};
}

std::optional<Failure> WhyNotSure(const MachineView& machine, const LogScan& scan)
{
    if (scan.IsComplete())
    {
        return std::nullopt;
    }
    const auto success = ReadLastSuccess(machine);
    return success && scan.Covers(*success)
        ? std::nullopt
        : std::optional(Failure{scan.missedBecause, "scan the agent's log"});
}

} // namespace mars
