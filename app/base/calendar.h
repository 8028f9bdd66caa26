// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"

#include <ctime>

namespace mars
{

/// The time in UTC, for fmt's formats of dates. It may be far away, as in a file from somewhere else:
/// Windows' own gmtime ends with the year 3000, and std::chrono::system_clock::to_time_t with 2262.
std::tm CalendarOf(Timestamp time);

} // namespace mars
