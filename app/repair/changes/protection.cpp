// SPDX-License-Identifier: MIT
#include "changes/protection.h"

#include "questions/computer.h"
#include "questions/protection.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

namespace
{

Answer<bool> IsExcluded(
    ExclusionKind kind, const std::string& value, const Machine& machine, const Wait& wait)
{
    const auto defender = machine.Ask(ReadDefender{}, wait);
    if (!defender)
    {
        return WhyNoValue(defender, value);
    }
    if (defender->exclusionsHidden)
    {
        return Failure{code::kAccessDenied, "exclusions of Microsoft Defender"};
    }
    const auto& list = kind == ExclusionKind::kPath ? defender->excludedPaths : defender->excludedProcesses;
    return std::ranges::any_of(list, [&](const std::string& one) { return EqualsIgnoreCase(one, value); });
}

} // namespace

Answer<ChangeState> State(const AddDefenderExclusion& change, const Machine& machine, const Wait& wait)
{
    const auto excluded = IsExcluded(change.kind, change.value, machine, wait);
    return excluded ? Answer<ChangeState>(*excluded ? ChangeState::kAfter : ChangeState::kBefore)
                    : excluded.Error();
}

Status Make(const AddDefenderExclusion& change, const ChangeContext& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, true, context.wait);
}

Status TakeBack(const AddDefenderExclusion& change, const ChangeContext& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, false, context.wait);
}

Answer<ChangeState> State(const RemoveDefenderExclusion& change, const Machine& machine, const Wait& wait)
{
    const auto excluded = IsExcluded(change.kind, change.value, machine, wait);
    return excluded ? Answer<ChangeState>(*excluded ? ChangeState::kBefore : ChangeState::kAfter)
                    : excluded.Error();
}

Status Make(const RemoveDefenderExclusion& change, const ChangeContext& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, false, context.wait);
}

Status TakeBack(const RemoveDefenderExclusion& change, const ChangeContext& context)
{
    return context.changer.SetDefenderExclusion(change.kind, change.value, true, context.wait);
}

Answer<ChangeState> State(const ResyncClock&, const Machine&, const Wait&)
{
    return ChangeState::kBefore;
}

Status Make(const ResyncClock&, const ChangeContext& context)
{
    return context.changer.ResyncClock(context.wait);
}

Status TakeBack(const ResyncClock&, const ChangeContext&)
{
    return Failure{code::kNotSupported, "clock"};
}

} // namespace mars::changes
