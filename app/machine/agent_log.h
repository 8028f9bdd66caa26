// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"

#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// One line of CBEngine*.errlog; the texts refer into the line.
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

struct AgentLogFile
{
    /// The last change, and how far local time was from UTC then.
    Timestamp written;
    std::chrono::minutes utcOffset{};
    /// Begins with the mark of UTF-16 (little endian); else UTF-8 or a code page.
    bool utf16 = false;
    /// `read` begins somewhere inside the file, so its first line is no whole one.
    bool beginsInside = false;
    /// Fills the span as far as it can; 0 at the end.
    std::function<std::size_t(std::span<char>)> read;
};

/// Collects what ScanAgentLogs answers, in constant memory. Not for use by two threads at once.
class AgentLogScanner
{
public:
    explicit AgentLogScanner(std::vector<std::string> patterns);

    /// The newest file first, as long as it answers true; false once the wait is over.
    bool Add(const AgentLogFile& file, const Wait& wait);
    LogScan Take();

private:
    void AddLine(std::string_view line, Timestamp written);
    void AddMatches(std::string_view line);
    void Keep(LogMatch match);
    void FinishFile(const AgentLogFile& file);

    std::vector<std::string> m_patterns;
    LogScan m_scan;
    std::size_t m_scanText = 0;

    // Of the file that is being read; times are as the log wrote them.
    std::deque<LogMatch> m_matches;
    std::size_t m_text = 0;
    std::optional<Timestamp> m_last;
    std::string m_severity;
};

} // namespace mars
