// SPDX-License-Identifier: MIT
#include "model/answers.h"

#include "ascii.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace mars
{

namespace
{

constexpr double kGigabyte = 1024.0 * 1024 * 1024;
constexpr std::size_t kMostDigits = 9;
constexpr std::size_t kMostDecimals = 3;

bool AreDigits(std::string_view text, std::size_t most)
{
    return !text.empty() && text.size() <= most && std::ranges::all_of(text, IsAsciiDigit);
}

} // namespace

std::optional<std::uint64_t> ParseDataSize(std::string_view gigabytes)
{
    const std::size_t point = gigabytes.find_first_of(".,");
    const bool whole = point == std::string_view::npos;
    if (!AreDigits(gigabytes.substr(0, point), kMostDigits)
        || (!whole && !AreDigits(gigabytes.substr(point + 1), kMostDecimals)))
    {
        return std::nullopt;
    }
    std::string number(gigabytes);
    std::ranges::replace(number, ',', '.');
    double amount = 0;
    std::from_chars(number.data(), number.data() + number.size(), amount);
    const auto bytes = static_cast<std::uint64_t>(std::llround(amount * kGigabyte));
    return bytes == 0 ? std::nullopt : std::optional(bytes);
}

std::string DataSizeText(std::optional<std::uint64_t> bytes)
{
    if (!bytes)
    {
        return {};
    }
    std::string text = fmt::format("{:.3f}", static_cast<double>(*bytes) / kGigabyte);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::vector<std::string_view> SectionsThatAskFor(const Given& before, const Given& after)
{
    std::vector<std::string_view> sections;
    if (before.dataBytes != after.dataBytes || before.offlineSeeding != after.offlineSeeding)
    {
        sections.emplace_back("basics");
    }
    if (before.agentProxy != after.agentProxy)
    {
        sections.emplace_back("connectivity");
    }
    return sections;
}

} // namespace mars
