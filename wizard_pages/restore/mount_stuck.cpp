// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"

namespace mars::restore
{
namespace
{

/// Only the agent's console shows a mount that does not come to an end.
Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    return agent ? Outcome::Manual() : WithoutAgent(agent);
}

} // namespace

const RootCause& MountStuck()
{
    static constexpr RootCause kCause{
        "restore.mount_stuck", "R-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::restore
