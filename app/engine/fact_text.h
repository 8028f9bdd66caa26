// SPDX-License-Identifier: MIT
#pragma once

#include "language.h"
#include "outcome.h"

#include <string>
#include <vector>

/// Facts in sentences.
namespace mars
{

/// A fact for people: sizes with units, times in UTC, lists with commas, numbers grouped.
std::string FormatFact(const Fact& fact, Language language);

/// Replaces {name} by the fact of that name; a name without a fact becomes the word for "unknown".
std::string FillIn(const std::string& text, const Facts& facts, Language language);
/// The names in braces.
std::vector<std::string> PlaceholdersOf(const std::string& text);

} // namespace mars
