// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "outcome.h"

#include <string>
#include <string_view>

namespace mars
{

/// The result in a word: the level of a problem, else the kind.
std::string ResultWord(const Outcome& outcome, const Knowledge& knowledge, Language language);

/// Text from a machine for a screen or a report: valid UTF-8 in which nothing steers a terminal or turns the
/// line around.
std::string ForReading(std::string_view text);

} // namespace mars
