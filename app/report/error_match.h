// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "root_cause.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// A documented error, or the title of a root cause, that an error number or a pasted text seems to mean.
struct ErrorMatch
{
    /// The number as documented; empty when the match is a message or a title.
    std::string error;
    std::string title;
    /// The page that most of the checks belong to.
    std::string section;
    /// The root causes that answer it, in the order of the catalogue.
    std::vector<const RootCause*> checks;
    /// 0..1; 1 for a number that was named as an error.
    double score = 0;
};

/// Best first; empty when nothing fits. Numbers count in any spelling: 34513, 0x86D1, "(Id.: 34513)". Texts
/// are compared word by word with the documented messages and with the titles in both languages.
std::vector<ErrorMatch> MatchErrors(std::string_view text, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);

/// One root cause, as a match for somebody who named it.
ErrorMatch MatchOf(const RootCause& cause, const Knowledge& knowledge, Language language);

/// The value of an error number in any spelling: decimal, negative decimal as Windows prints an HRESULT, 0x
/// and hex digits, digits grouped by threes. Nothing when `text` is no number of 32 bits.
std::optional<std::uint32_t> ParseErrorNumber(std::string_view text);

} // namespace mars
