// SPDX-License-Identifier: MIT
#pragma once

#include "questions/services.h"
#include "root_cause.h"

#include <string>

namespace mars
{

/// The repair of a service that should run: startable again as `enabled` where it is disabled, and started
/// where it is stopped. Nothing is ever stopped: guided where the service is missing, paused, changing its
/// state or cannot be asked, because that needs a restart, which is the person's decision.
RepairProposal ProposeStart(const MachineView& machine, const std::string& service, StartType enabled);

} // namespace mars
