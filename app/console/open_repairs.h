// SPDX-License-Identifier: MIT
#pragma once

#include "commands.h"

namespace mars
{

/// Says on stderr which earlier repairs did not reach their end and can be rolled back, and how. Quiet when
/// there is none, or when the journal cannot be read.
void TellOfInterruptedRepairs(const Console& console);

} // namespace mars
