// SPDX-License-Identifier: MIT
#include "http_head.h"

#include "number.h"

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

constexpr std::array<std::string_view, 12> kMonths{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// All of the text as one number of digits only.
std::optional<int> NumberIn(std::string_view text)
{
    return text.starts_with('-') ? std::nullopt : ParseNumber<int>(text);
}

std::optional<std::chrono::seconds> ParseClock(std::string_view text)
{
    if (text.size() != 8 || text[2] != ':' || text[5] != ':')
    {
        return std::nullopt;
    }
    const auto hours = NumberIn(text.substr(0, 2));
    const auto minutes = NumberIn(text.substr(3, 2));
    const auto seconds = NumberIn(text.substr(6, 2));
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60)
    {
        return std::nullopt;
    }
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
}

std::optional<std::chrono::sys_days> ParseDay(
    std::string_view day, std::string_view month, std::string_view year)
{
    const auto found = std::find(kMonths.begin(), kMonths.end(), month);
    const auto dayNumber = NumberIn(day);
    const auto yearNumber = NumberIn(year);
    if (found == kMonths.end() || !dayNumber || !yearNumber || *yearNumber < 1970 || *yearNumber > 9999)
    {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(std::chrono::year(*yearNumber),
        std::chrono::month(static_cast<unsigned>(found - kMonths.begin() + 1)),
        std::chrono::day(static_cast<unsigned>(*dayNumber)));
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::optional<std::uint32_t> StatusIn(std::string_view line)
{
    // "HTTP/1.1 403 Forbidden"
    if (!line.starts_with("HTTP/1.") || line.size() < 12 || line[8] != ' ')
    {
        return std::nullopt;
    }
    const auto status = NumberIn(line.substr(9, 3));
    return status && *status >= 100 ? std::optional(static_cast<std::uint32_t>(*status)) : std::nullopt;
}

} // namespace

std::size_t EndOfHttpHead(std::string_view bytes)
{
    const std::size_t strict = bytes.find("\r\n\r\n");
    const std::size_t lax = bytes.find("\n\n");
    if (strict == std::string_view::npos && lax == std::string_view::npos)
    {
        return std::string_view::npos;
    }
    return std::min(strict == std::string_view::npos ? strict : strict + 4,
        lax == std::string_view::npos ? lax : lax + 2);
}

std::optional<Timestamp> ParseHttpDate(std::string_view text)
{
    const std::vector<std::string> parts = Split(Trim(text), ' ');
    if (parts.size() != 6 || parts[5] != "GMT")
    {
        return std::nullopt;
    }
    const auto day = ParseDay(parts[1], parts[2], parts[3]);
    const auto clock = ParseClock(parts[4]);
    return day && clock ? std::optional<Timestamp>(*day + *clock) : std::nullopt;
}

std::optional<HttpHead> ParseHttpHead(std::string_view head)
{
    constexpr std::string_view kDate = "date:";
    constexpr std::string_view kAge = "age:";
    std::optional<HttpHead> parsed;
    for (const std::string& line : Split(head, '\n'))
    {
        if (!parsed)
        {
            const auto status = StatusIn(line);
            if (!status)
            {
                return std::nullopt;
            }
            parsed = HttpHead{*status, std::nullopt, {}};
        }
        else if (StartsWithIgnoreCase(line, kDate))
        {
            parsed->date = ParseHttpDate(std::string_view(line).substr(kDate.size()));
        }
        else if (StartsWithIgnoreCase(line, kAge))
        {
            parsed->age =
                std::chrono::seconds(NumberIn(Trim(std::string_view(line).substr(kAge.size()))).value_or(0));
        }
    }
    return parsed;
}

} // namespace mars
