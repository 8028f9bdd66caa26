// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace mars
{

/// One line of CBEngine*.errlog or of CBUI*.errlog; the texts refer into the line.
struct AgentLogLine
{
    unsigned month = 1;
    unsigned day = 1;
    /// Since midnight. The log does not say in which time zone.
    std::chrono::seconds timeOfDay{};
    std::string_view severity;
    std::string_view message;
};

/// Eleven columns with tabs between, or with spaces where a copy lost its tabs. Nothing for a headline and
/// for the second and later lines of a message.
std::optional<AgentLogLine> ParseAgentLogLine(std::string_view line);

/// The line's date in the year in which it is not later than the file's last change; the clock's reading
/// taken as UTC.
std::optional<Timestamp> DateOf(const AgentLogLine& line, Timestamp written);

/// Whether the decimal number of `size` digits at `at` is called an error: "(ID: 34513)", "error code =
/// 34513". The agent's lines are full of other numbers: ids of processes and jobs, sizes, milliseconds.
bool IsNamedAsError(std::string_view text, std::size_t at, std::size_t size);

// Of a text of many lines:

/// The line that begins at `begin`, without its end.
std::string_view LineAt(std::string_view text, std::size_t begin);
/// Where the line begins that `at` is in.
std::size_t LineBegin(std::string_view text, std::size_t at);
std::optional<AgentLogLine> FirstDatedLine(std::string_view text);
/// The last line with a date that begins in text[from, to).
std::optional<AgentLogLine> LastDatedLine(std::string_view text, std::size_t from, std::size_t to);

/// "CBEngineCurr.errlog", "CBEngine12.errlog".
bool IsAgentLogName(std::string_view name);
/// "CBUICurr.errlog", "CBUI3.errlog".
bool IsConsoleLogName(std::string_view name);
/// "OBInstaller0Curr.errlog", "OBManagedlog.LOGCurr.errlog", "OBMsi.log".
bool IsInstallLogName(std::string_view name);

} // namespace mars
