// SPDX-License-Identifier: MIT
#pragma once

#include "agent_hooks.h"
#include "view.h"

namespace mars
{

/// Whether a backup or restore runs now: asked before a repair restarts the agent or touches its scratch
/// folder or iSCSI. Sources: the agent's tasks, its event channel, its log, and the iSCSI sessions to this
/// computer.
ActivityReport ReadActivity(const MachineView& machine);

} // namespace mars
