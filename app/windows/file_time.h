// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"
#include "text.h"

namespace mars
{

/// 100 ns since 1601 to seconds since 1970, rounded down.
Timestamp TimeFrom(std::int64_t ticks);
Timestamp TimeFrom(const FILETIME& time);
Timestamp Now();

/// A DATE of COM, which is local time; nothing for one before 2000, by which the Task Scheduler means
/// "never".
std::optional<Timestamp> TimeFromLocalDate(double date);

} // namespace mars
