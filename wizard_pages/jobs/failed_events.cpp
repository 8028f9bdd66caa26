// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_events.h"
#include "questions/events.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::jobs
{
namespace
{

/// Events of the agent's channel.
constexpr std::uint32_t kSucceeded = 3;
constexpr std::uint32_t kSucceededWithWarnings = 10;
constexpr std::uint32_t kFailed = 11;
constexpr std::uint32_t kNewerAgentNeeded = 14;
constexpr std::uint32_t kQuotaNearlyUsed = 16;
constexpr std::uint32_t kDidNotStart = 18;

/// ERROR_EVT_CHANNEL_NOT_FOUND.
constexpr std::uint32_t kChannelNotFound = 15007;

/// The newest of these; null where there is none.
const EventInfo* Newest(const EventList& list, std::initializer_list<std::uint32_t> ids)
{
    const EventInfo* newest = nullptr;
    for (const EventInfo& event : list.events)
    {
        const bool wanted = std::ranges::find(ids, event.id) != ids.end();
        if (wanted && (newest == nullptr || event.time > newest->time))
        {
            newest = &event;
        }
    }
    return newest;
}

/// When each kind of event happened last.
Facts FactsOf(const EventList& list)
{
    Facts facts;
    for (const auto& [id, name] : {std::pair(kSucceededWithWarnings, "warnings_at"),
             std::pair(kNewerAgentNeeded, "newer_agent_needed_at"),
             std::pair(kQuotaNearlyUsed, "quota_warning_at")})
    {
        if (const EventInfo* event = Newest(list, {id}))
        {
            facts[name] = event->time;
        }
    }
    return facts;
}

Outcome Judge(const EventList& list)
{
    Facts facts = FactsOf(list);
    const EventInfo* success = Newest(list, {kSucceeded, kSucceededWithWarnings});
    const EventInfo* failure = Newest(list, {kFailed, kDidNotStart});
    if (success != nullptr)
    {
        facts["succeeded_at"] = success->time;
    }
    if (failure != nullptr)
    {
        facts["failed_at"] = failure->time;
        facts["event"] = std::int64_t{failure->id};
    }
    if (failure != nullptr && (success == nullptr || failure->time > success->time))
    {
        const char* const kind = failure->id == kDidNotStart ? "did_not_start" : "failed";
        facts["case"] = success == nullptr ? fmt::format("{}_never_succeeded", kind) : std::string(kind);
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (success == nullptr)
    {
        facts["case"] = "no_jobs";
    }
    else if (success->id == kSucceededWithWarnings)
    {
        facts["case"] = "with_warnings";
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto events = ReadAgentEvents(machine,
        {kSucceeded, kSucceededWithWarnings, kFailed, kNewerAgentNeeded, kQuotaNearlyUsed, kDidNotStart});
    if (!events)
    {
        return Outcome::CouldNotCheck(
            events.HasFailed() ? events.Error() : Failure{kChannelNotFound, "CloudBackup"});
    }
    return Judge(*events);
}

} // namespace

const RootCause& FailedEvents()
{
    static constexpr RootCause kCause{
        "jobs.failed_events", "J-3", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::jobs
