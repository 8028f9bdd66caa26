// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "root_cause.h"

namespace mars::scheduling
{
namespace
{

/// Only the agent's console knows the policy's state, so a person has to look.
Outcome Detect(const MachineView& machine, const Given&)
{
    const auto end = WhyNoSchedule(machine);
    return end ? *end : Outcome::Manual();
}

} // namespace

const RootCause& PolicyPaused()
{
    static constexpr RootCause kCause{
        "scheduling.policy_paused", "S-14", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
