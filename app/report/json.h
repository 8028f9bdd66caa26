// SPDX-License-Identifier: MIT
#pragma once

#include "error_match.h"
#include "knowledge.h"
#include "repair.h"
#include "result_code.h"
#include "run_report.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The JSON objects of the console contract. Keys, words and types are stable: scripts depend on them. Values
/// are never translated, apart from titles and `error.text`. Each function returns one object as valid UTF-8,
/// with a line end.
namespace mars
{

inline constexpr int kJsonSchema = 1;

/// Each check of a plan that was run has its `note`. `at_first` and `changes`, of the form of `checks` and of
/// the undo object's `entries`, are there only where something was checked twice or changed.
std::string RunJson(const RunReport& report, const Knowledge& knowledge, Language language);

/// The catalogue.
std::string ListJson(std::span<const RootCause* const> causes, const Knowledge& knowledge, Language language);

std::string ExplainJson(const std::vector<ErrorMatch>& matches);

/// The same object for what a result code says: each match also has the outcome and the level.
std::string CodeJson(const std::vector<CodedResult>& results, const Knowledge& knowledge, Language language);

/// The same object for what the server's records say: each match also has where it was found, how often and
/// when, newest first, and `unread` names what could not be read.
std::string RecordsJson(const Records& records, const Knowledge& knowledge, Language language);

std::string RepairJson(const RepairResult& result, const Knowledge& knowledge, Language language);

std::string UndoJson(const std::vector<UndoItem>& items, const Knowledge& knowledge, Language language);

/// What a capture wrote.
struct CaptureSummary
{
    std::string file;
    /// The key from stand-ins to names; only for a redacted recording.
    std::optional<std::string> namesFile;
    std::uint64_t bytes = 0;
    std::uint64_t questions = 0;
    bool redacted = false;
    /// How many names of each kind were replaced.
    std::map<std::string, std::uint64_t> removed;
};

std::string CaptureJson(const CaptureSummary& summary);

} // namespace mars
