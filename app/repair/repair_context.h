// SPDX-License-Identifier: MIT
#pragma once

#include "apply.h"
#include "machine.h"

#include <stop_token>

namespace mars
{

/// As long as one step may take, from now.
Wait StepWait(std::stop_token stop = {});

/// False as well where the machine does not tell.
bool RunsElevated(const Machine& machine);

} // namespace mars
