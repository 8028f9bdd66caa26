// SPDX-License-Identifier: MIT
#pragma once

#include "error_number.h"
#include "knowledge.h"
#include "root_cause.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What a number or a pasted text seems to mean: a documented error, a symptom, or a root cause by its title.
struct ErrorMatch
{
    /// The number or the name as documented; empty when there is none.
    std::string error;
    std::string title;
    /// What the error is and what to do about it; empty for symptoms and root causes.
    std::string meaning;
    /// The page to go to.
    std::string section;
    /// The root causes behind it, the likeliest first; empty when nothing on the server is wrong.
    std::vector<const RootCause*> checks;
    /// 0..1; 1 for a number that was named as an error.
    double score = 0;
};

/// Best first; empty when nothing fits. Numbers count in any spelling: 34513, 0x86D1, "(Id.: 34513)". Names
/// and texts are found in either language, whole, cut off, damaged and inside a longer text.
std::vector<ErrorMatch> MatchErrors(std::string_view text, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);

/// One root cause, as a match for somebody who named it.
ErrorMatch MatchOf(const RootCause& cause, const Knowledge& knowledge, Language language);

} // namespace mars
