// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "text.h"
#include "view.h"

namespace mars
{

/// When the newest backup succeeded, with or without warnings (events 3 and 10 of the agent's channel).
/// Absent: there is no channel, or no success in it.
Answer<Timestamp> ReadLastSuccess(const MachineView& machine);

} // namespace mars
