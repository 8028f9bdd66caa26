// SPDX-License-Identifier: MIT
#pragma once

#include "agent_log_line.h"
#include "questions/log.h"
#include "text_search.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// An open log. It may grow, shrink, be renamed or be locked while it is read.
struct AgentLogFile
{
    /// The last change, and how far local time was from UTC then.
    Timestamp written;
    std::chrono::minutes utcOffset{};
    std::uint64_t size = 0;
    /// What stands at `offset`: as much of it as fills the span, less only at the end. Fails where that part
    /// cannot be read.
    std::function<Answer<std::size_t>(std::uint64_t offset, std::span<char> bytes)> read;
    /// The same for the same file under another name; empty: not known.
    std::string identity{};
    /// Lines before the first date, or in a file without any, count as written when the file was.
    bool undatedLinesCount = false;
};

struct AgentLogSearch
{
    std::vector<std::string> patterns;
    /// Not as a part of a longer word or number. Decimal numbers then count only where IsNamedAsError() holds
    /// and the line is not NORMAL. A line that has a number in several spellings counts for one of them.
    bool wholeWords = false;
};

/// Collects what one search finds in the blocks of logs that somebody else reads, in constant memory.
class AgentLogCollector
{
public:
    explicit AgentLogCollector(AgentLogSearch search);

    /// The blocks that follow are of this file, which outlives them.
    void Begin(const AgentLogFile& file)
    {
        m_file = &file;
        m_offset.reset();
    }
    /// Whole lines; of a file the newest block first.
    void Scan(std::string_view text);
    /// Something could not be read.
    void Miss(std::uint32_t because);
    /// Without anything to look for only the newest line's time is asked.
    bool HasEnough() const
    {
        return m_options.patterns.empty() && m_scan.newest;
    }
    LogScan Take();

private:
    /// A line in which something was found, and what it takes from the lines before it.
    struct Lines
    {
        std::string_view text;
        std::string_view line{};
        /// Where the line ends, and up to where dates were looked for.
        std::size_t end = 0;
        std::optional<AgentLogLine> own{};
        std::optional<Timestamp> time{};
        std::string severity{};
        std::vector<std::uint32_t> found{};
    };

    void LookForTimes(std::string_view text);
    void BeginLine(Lines& lines, std::size_t at) const;
    void EndLine(Lines& lines);
    bool Counts(const Lines& lines, std::uint32_t pattern) const;
    void Keep(LogMatch match);
    void KeepOfBlock();

    AgentLogSearch m_options;
    TextSearch m_search;
    std::vector<bool> m_isDecimal;
    /// The first pattern that is the same number, in whole words.
    std::vector<std::uint32_t> m_sameAs;
    LogScan m_scan;
    std::size_t m_scanText = 0;
    /// Older lines than those are not kept any more.
    bool m_full = false;
    bool m_hasDropped = false;

    const AgentLogFile* m_file = nullptr;
    /// How far the log's clock is from UTC; known with the first date.
    std::optional<std::chrono::minutes> m_offset;
    /// Oldest first.
    std::deque<LogMatch> m_matches;
    std::size_t m_matchText = 0;
    /// By pattern: the number of the last line in which it was found.
    std::vector<std::uint64_t> m_foundIn;
    std::uint64_t m_line = 0;
};

} // namespace mars
