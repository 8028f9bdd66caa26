// SPDX-License-Identifier: MIT
#include "undo_plan.h"

#include "text.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace mars
{

namespace
{

struct RunStateOf
{
    std::optional<TouchedService> operator()(const StopService& change) const
    {
        return TouchedService{change.service, change.ranBefore != RanBefore::kNo, false, {}};
    }
    std::optional<TouchedService> operator()(const RestartService& change) const
    {
        return TouchedService{change.service, change.ranBefore != RanBefore::kNo, false, {}};
    }
    /// Begun only where it did not run.
    std::optional<TouchedService> operator()(const StartService& change) const
    {
        return TouchedService{change.service, false, false, {}};
    }
    template <class Setting>
    std::optional<TouchedService> operator()(const Setting&) const
    {
        return std::nullopt;
    }
};

bool Happened(StepState state)
{
    return state != StepState::kPending && state != StepState::kUndone;
}

} // namespace

void AddTouched(std::vector<TouchedService>& services, const Change& change, std::size_t step, bool done)
{
    const auto touched = std::visit(RunStateOf{}, change);
    if (!touched)
    {
        return;
    }
    auto known = std::ranges::find_if(
        services, [&](const TouchedService& one) { return EqualsIgnoreCase(one.service, touched->service); });
    if (known == services.end())
    {
        known = services.insert(services.end(), *touched);
    }
    known->runsAgain = done && !std::holds_alternative<StopService>(change);
    known->steps.push_back(step);
}

bool DidNotEnd(const JournalEntry& entry)
{
    return entry.end == EntryEnd::kInterrupted || entry.end == EntryEnd::kFailed
        || entry.end == EntryEnd::kStopped;
}

std::vector<TakenBack> WhatUndoDoes(const JournalEntry& entry)
{
    std::vector<TakenBack> all;
    for (std::size_t i = entry.steps.size(); i-- > 0;)
    {
        const auto inverse = Happened(entry.steps[i]) ? Inverse(entry.plan.changes[i]) : std::nullopt;
        if (inverse)
        {
            all.push_back({*inverse, {}, {i}});
        }
    }
    std::vector<TouchedService> services;
    for (std::size_t i = 0; i < entry.steps.size() && DidNotEnd(entry); ++i)
    {
        if (Happened(entry.steps[i]))
        {
            AddTouched(services, entry.plan.changes[i], i, entry.steps[i] == StepState::kDone);
        }
    }
    for (const TouchedService& one : services)
    {
        if (one.ran && !one.runsAgain)
        {
            all.push_back({StartService{one.service}, one.service, one.steps});
        }
    }
    return all;
}

bool IsPartGone(const JournalEntry& entry)
{
    if (entry.end == EntryEnd::kRolledBack)
    {
        return false;
    }
    for (std::size_t i = 0; i < entry.steps.size(); ++i)
    {
        const bool nothingMade = entry.steps[i] == StepState::kFailed && entry.made == std::uint64_t{0};
        if (Happened(entry.steps[i]) && IsIrreversible(entry.plan.changes[i]) && !nothingMade)
        {
            return true;
        }
    }
    return false;
}

} // namespace mars
