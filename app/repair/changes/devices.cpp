// SPDX-License-Identifier: MIT
#include "changes/devices.h"

#include "questions/devices.h"
#include "questions/volumes.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

Answer<ChangeState> State(const SetSanPolicy& change, const Machine& machine, const Wait& wait)
{
    const auto setting = machine.Ask(ReadNewDiskPolicy{}, wait);
    if (!setting)
    {
        return WhyNoValue(setting, Describe(change).target);
    }
    return StateOf(setting->policy, change.before, change.after);
}

Status Make(const SetSanPolicy& change, const ChangeContext& context)
{
    return context.changer.SetSanPolicy(change.after);
}

Status TakeBack(const SetSanPolicy& change, const ChangeContext& context)
{
    return context.changer.SetSanPolicy(change.before);
}

Answer<ChangeState> State(const InstallInboxDriver& change, const Machine& machine, const Wait& wait)
{
    const auto list = machine.Ask(ListDevices{change.hardwareId}, wait);
    if (!list)
    {
        return WhyNoValue(list, change.hardwareId);
    }
    const bool there = std::ranges::any_of(list->devices,
        [&](const DeviceInfo& device) { return EqualsIgnoreCase(device.instanceId, change.device); });
    return there ? ChangeState::kBefore : ChangeState::kElsewhere;
}

AppliedChange InstallIn(const InstallInboxDriver& change, const ChangeContext& context)
{
    bool needsRestart = false;
    const Status status = context.changer.InstallInboxDriver(change.hardwareId, change.inf, &needsRestart);
    return {status, needsRestart ? Facts{{kNeedsRestart, true}} : Facts()};
}

Status TakeBack(const InstallInboxDriver& change, const ChangeContext&)
{
    return Failure{code::kNotSupported, change.device};
}

} // namespace mars::changes
