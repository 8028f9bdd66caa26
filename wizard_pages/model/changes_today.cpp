// SPDX-License-Identifier: MIT
#include "model/changes_today.h"

#include "apply.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"

namespace mars
{

namespace
{

/// The value that somebody else put there.
struct ValueNow
{
    const Machine& machine;
    const Wait& wait;

    template <class AnyChange>
    std::optional<std::string> operator()(const AnyChange&) const
    {
        return std::nullopt;
    }
    std::optional<std::string> operator()(SetRegistryValue change) const
    {
        const auto value = machine.Ask(ReadRegistryValue{change.path}, wait);
        if (value.HasFailed())
        {
            return std::nullopt;
        }
        change.after = value ? std::optional(*value) : std::nullopt;
        return Describe(Change(change)).to;
    }
    std::optional<std::string> operator()(SetServiceStartType change) const
    {
        const auto service = machine.Ask(QueryService{change.service}, wait);
        if (!service)
        {
            return std::nullopt;
        }
        change.after = service->startType;
        return Describe(Change(change)).to;
    }
    std::optional<std::string> operator()(SetSanPolicy change) const
    {
        const auto setting = machine.Ask(ReadNewDiskPolicy{}, wait);
        if (!setting)
        {
            return std::nullopt;
        }
        change.after = setting->policy;
        return Describe(Change(change)).to;
    }
};

bool WasMade(StepState state)
{
    return state != StepState::kPending && state != StepState::kUndone;
}

ChangeToday Look(const Change& change, StepState step, const Machine& machine, const Wait& wait)
{
    ChangeToday look{change, Today::kNotMade, {}, {}};
    const ChangeDescription description = Describe(change);
    if (step == StepState::kPending)
    {
        return look;
    }
    if (WasMade(step) && !description.reversible)
    {
        look.today = description.runState ? Today::kNothingToUndo : Today::kIrreversible;
        return look;
    }
    const auto state = ReadState(change, machine, wait);
    if (!state)
    {
        const bool gone = state.HasFailed() && state.Error().code == code::kChangedSince;
        look.today = gone ? Today::kGone : Today::kCannotTell;
        look.why = state.HasFailed() && !gone ? std::optional(state.Error()) : std::nullopt;
        return look;
    }
    look.today = *state == ChangeState::kAfter ? Today::kAsLeft
        : *state == ChangeState::kBefore       ? Today::kAsBefore
                                               : Today::kChangedSince;
    if (look.today == Today::kChangedSince)
    {
        look.now = std::visit(ValueNow{machine, wait}, change);
    }
    return look;
}

} // namespace

std::vector<ChangeToday> LookAtChanges(const JournalEntry& entry, const Machine& machine, const Wait& wait)
{
    std::vector<ChangeToday> looks;
    for (std::size_t i = 0; i < entry.plan.changes.size(); ++i)
    {
        const StepState step = i < entry.steps.size() ? entry.steps[i] : StepState::kPending;
        looks.push_back(Look(entry.plan.changes[i], step, machine, wait));
    }
    return looks;
}

} // namespace mars
