// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "records.h"

#include <string>
#include <vector>

/// What the server's records say, in the reader's language.
namespace mars
{

/// "100050 (0x186D2): The agent cannot reach Azure".
std::string RecordTitle(const RecordEntry& entry, const Knowledge& knowledge, Language language);

/// The title, where it was found, how often and when.
std::string RecordLine(const RecordEntry& entry, const Knowledge& knowledge, Language language);

/// What the error means and what to do; empty where that is not documented.
std::string RecordMeaning(const RecordEntry& entry, const Knowledge& knowledge, Language language);

/// A line for each error, newest first, and for each source that could not be read. Never none.
std::vector<std::string> RecordLines(const Records& records, const Knowledge& knowledge, Language language);

/// The line of the error to begin with, and its page; empty where there is none.
std::string SuggestionText(const Records& records, const Knowledge& knowledge, Language language);

} // namespace mars
