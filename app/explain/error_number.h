// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mars
{

/// The value of an error number in any spelling: decimal, negative decimal as Windows prints an HRESULT, 0x
/// and hex digits, digits grouped by threes. Nothing when `text` is no number of 32 bits.
std::optional<std::uint32_t> ParseErrorNumber(std::string_view text);

struct NumberInText
{
    std::uint32_t value = 0;
    /// The text calls it an error, or is nothing else.
    bool named = false;
    /// "(34513)", "[0x86D1]".
    bool bracketed = false;
};

/// Numbers that the agent and its service keep for their own errors, documented or not.
bool IsOfTheAgent(std::uint32_t value);
/// What HTTP reports as an error.
bool IsHttpStatus(std::uint32_t value);

/// The numbers of a text, folded for comparing, that may be errors: not those of dates, times, versions,
/// ports, paths, sizes and counts.
std::vector<NumberInText> NumbersIn(std::string_view folded);

} // namespace mars
