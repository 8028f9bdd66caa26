// SPDX-License-Identifier: MIT
#pragma once

#include "error_match.h"
#include "json.h"
#include "knowledge.h"
#include "repair.h"
#include "result_code.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the console prints for people: plain sentences, problems first, no colours, lines of at most 79
/// characters where words allow it. Everything from the machine goes through ForReading.
namespace mars
{

std::string ListText(std::span<const RootCause* const> causes, const Knowledge& knowledge, Language language);

std::string ExplainText(
    const std::vector<ErrorMatch>& matches, const Knowledge& knowledge, Language language);

/// What a result code says, a line for each root cause.
std::string CodeText(const std::vector<CodedResult>& results, const Knowledge& knowledge, Language language);

/// What the server's records say, where to begin, and what each error means.
std::string RecordsText(const Records& records, const Knowledge& knowledge, Language language);

std::string RepairText(const RepairResult& result, const Knowledge& knowledge, Language language);

std::string UndoText(const std::vector<UndoItem>& items, const Knowledge& knowledge, Language language);

std::string CaptureText(const CaptureSummary& summary, const Knowledge& knowledge, Language language);

} // namespace mars
