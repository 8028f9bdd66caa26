// SPDX-License-Identifier: MIT
#pragma once

#include "commands.h"

namespace mars
{

/// Says on stderr which earlier repairs died before their end, and how they are rolled back. Quiet when there
/// is none, or when the journal cannot be read.
void TellOfInterruptedRepairs(const Console& console);

} // namespace mars
