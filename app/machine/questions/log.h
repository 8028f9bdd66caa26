// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The agent's logs.
namespace mars
{

struct LogMatch
{
    Timestamp time;
    std::string pattern;
    std::string severity;
    std::string message;
    MARS_FIELDS(LogMatch, time, pattern, severity, message);
    bool operator==(const LogMatch&) const = default;
};

/// When a pattern was found, over all lines; both empty where it was not.
struct PatternTimes
{
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    MARS_FIELDS(PatternTimes, first, last);
    bool operator==(const PatternTimes&) const = default;
};

struct LogScan
{
    /// Newest first; at most 2,000 lines and 1 MiB of text.
    std::vector<LogMatch> matches{};
    /// How many lines matched each pattern, in the order asked.
    std::vector<std::uint64_t> totals{};
    /// The time of the newest line of any kind; absent when the log has none.
    std::optional<Timestamp> newest{};
    /// The same order.
    std::vector<PatternTimes> times{};
    /// 0: every line of every file was read. Else why not, a Win32 error: the time ran out, or a file could
    /// not be read. Then totals are "at least".
    std::uint32_t missedBecause = 0;
    /// Where something was missed: every line later than this was read. Absent: not even that is sure.
    std::optional<Timestamp> readSince{};
    /// Of the patterns asked for, those that an older recording did not look for: their totals and times are
    /// empty and say nothing.
    std::vector<std::string> notAsked{};
    MARS_FIELDS(LogScan, matches, totals, newest, times, missedBecause, readSince, (notAsked, Since{2}));
    bool operator==(const LogScan&) const = default;

    bool IsComplete() const
    {
        return missedBecause == 0;
    }
    /// Only then does it mean something that no line later than `since` matches.
    bool Covers(Timestamp since) const
    {
        return IsComplete() || (readSince && *readSince <= since);
    }
};

/// Lines of CBEngine*.errlog in `folder` that contain one of `patterns` (plain text, case kept). Absent: no
/// log. When the time runs out the newest lines, which are read first, are the answer.
struct ScanAgentLogs
{
    using Value = LogScan;
    static constexpr std::string_view kName = "scan_agent_logs";
    static constexpr std::string_view kKind = "logs";
    std::string folder;
    std::vector<std::string> patterns;
    static constexpr auto kAskedFor = &ScanAgentLogs::patterns;
    /// Not as a part of a longer word or number.
    bool wholeWords = false;
    MARS_FIELDS(ScanAgentLogs, folder, patterns, wholeWords);
};

/// What somebody looks for in the agent's log.
struct LogSearch
{
    std::vector<std::string> patterns{};
    bool wholeWords = false;
    MARS_FIELDS(LogSearch, patterns, wholeWords);
    bool operator==(const LogSearch&) const = default;
};

struct LogScans
{
    /// One for each search, in their order.
    std::vector<LogScan> scans;
    MARS_FIELDS(LogScans, scans);
    bool operator==(const LogScans&) const = default;
};

/// ScanAgentLogs for several searches in one reading of the log.
struct SearchAgentLogs
{
    using Value = LogScans;
    static constexpr std::string_view kName = "search_agent_logs";
    static constexpr std::string_view kKind = "logs";
    std::string folder;
    std::vector<LogSearch> searches;
    MARS_FIELDS(SearchAgentLogs, folder, searches);
};

/// The same for what the agent's installer leaves in Windows' own temporary folder, whole words only. Lines
/// without a date count as written when the file was. Absent: no such log.
struct ScanInstallLogs
{
    using Value = LogScan;
    static constexpr std::string_view kName = "scan_install_logs";
    static constexpr std::string_view kKind = "logs";
    std::string folder;
    std::vector<std::string> patterns;
    static constexpr auto kAskedFor = &ScanInstallLogs::patterns;
    MARS_FIELDS(ScanInstallLogs, folder, patterns);
};

/// The same for what the agent's console writes: lines of CBUI*.errlog. Absent: no such log.
struct ScanConsoleLogs
{
    using Value = LogScan;
    static constexpr std::string_view kName = "scan_console_logs";
    static constexpr std::string_view kKind = "logs";
    std::string folder;
    std::vector<std::string> patterns;
    static constexpr auto kAskedFor = &ScanConsoleLogs::patterns;
    /// Not as a part of a longer word or number.
    bool wholeWords = false;
    MARS_FIELDS(ScanConsoleLogs, folder, patterns, wholeWords);
};

extern template class ExchangeOf<ScanAgentLogs>;
extern template class ExchangeOf<SearchAgentLogs>;
extern template class ExchangeOf<ScanInstallLogs>;
extern template class ExchangeOf<ScanConsoleLogs>;

} // namespace mars
