// SPDX-License-Identifier: MIT
#pragma once

#include "agent_hooks.h"

namespace mars
{

/// The Azure Backup agent, for the engine.
const AgentHooks& MarsAgent();

} // namespace mars
