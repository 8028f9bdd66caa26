// SPDX-License-Identifier: MIT
#include "file_time.h"

#include <oleauto.h>

namespace mars
{

Timestamp TimeFrom(std::int64_t ticks)
{
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
    constexpr std::chrono::seconds kFrom1601To1970(11'644'473'600);
    return Timestamp(std::chrono::floor<std::chrono::seconds>(Ticks(ticks)) - kFrom1601To1970);
}

Timestamp TimeFrom(const FILETIME& time)
{
    return TimeFrom((static_cast<std::int64_t>(time.dwHighDateTime) << 32) | time.dwLowDateTime);
}

Timestamp Now()
{
    FILETIME now{};
    GetSystemTimeAsFileTime(&now);
    return TimeFrom(now);
}

std::optional<Timestamp> TimeFromLocalDate(double date)
{
    SYSTEMTIME local{};
    SYSTEMTIME utc{};
    FILETIME time{};
    // The scheduler says 1899-12-30, which is 0, or since Windows Server 2016 1999-11-30 for "never".
    constexpr double kYear2000 = 36526;
    // Whether daylight saving counts depends on that date, not on today.
    const bool known = date >= kYear2000 && VariantTimeToSystemTime(date, &local) != 0
        && TzSpecificLocalTimeToSystemTime(nullptr, &local, &utc) != 0
        && SystemTimeToFileTime(&utc, &time) != 0;
    return known ? std::optional(TimeFrom(time)) : std::nullopt;
}

} // namespace mars
