// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace mars
{

/// All of the text as one number, without a sign "+", blanks or separators; nothing where it is none or does
/// not fit.
template <class Number>
std::optional<Number> ParseNumber(std::string_view text, int base = 10)
{
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number, base);
    return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

/// The same for decimal numbers with a point.
inline std::optional<double> ParseDecimal(std::string_view text)
{
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

/// An error number as Windows and the agent write it: "34513" or "0x80070005".
inline std::optional<std::uint32_t> ParseDecimalOrHex(std::string_view text)
{
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    return ParseNumber<std::uint32_t>(text.substr(hex ? 2 : 0), hex ? 16 : 10);
}

} // namespace mars
