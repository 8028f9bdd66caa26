// SPDX-License-Identifier: MIT
#pragma once

#include "machine.h"
#include "questions/log.h"
#include "text_search.h"

#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
    /// How much is read at once.
    std::size_t block = 1024 * 1024;
};

/// Collects what ScanAgentLogs answers, in constant memory. It reads each file from its end towards its
/// beginning, so that the newest lines are known whenever time runs out. Not for use by two threads at once.
class AgentLogScanner
{
public:
    explicit AgentLogScanner(AgentLogSearch search);

    /// The newest file first. False once the wait is over; what was read until then counts.
    bool Add(const AgentLogFile& file, const Wait& wait);
    bool HasReadAnything() const
    {
        return m_hasRead;
    }
    LogScan Take();

private:
    enum class Encoding
    {
        kBytes,
        kUtf16LittleEndian,
        kUtf16BigEndian,
    };

    /// What the lines of one file share.
    struct FileState
    {
        const AgentLogFile& file;
        Encoding encoding = Encoding::kBytes;
        /// How far the log's clock is from UTC; known with the first date.
        std::optional<std::chrono::minutes> offset{};
    };

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

    static Encoding EncodingOf(const AgentLogFile& file);
    bool ReadBlock(const FileState& state, std::uint64_t& begin, std::uint64_t end);
    void Miss(std::uint32_t because);
    std::size_t FirstWholeLine(const FileState& state) const;
    void Scan(FileState& state, std::string_view text);
    void LookForTimes(FileState& state, std::string_view text);
    void BeginLine(const FileState& state, Lines& lines, std::size_t at) const;
    void EndLine(const FileState& state, Lines& lines);
    bool Counts(const Lines& lines, std::uint32_t pattern) const;
    void Keep(LogMatch match);
    void KeepOfBlock();

    AgentLogSearch m_options;
    TextSearch m_search;
    std::vector<bool> m_isDecimal;
    /// The first pattern that is the same number, in whole words.
    std::vector<std::uint32_t> m_sameAs;
    LogScan m_scan;
    bool m_hasRead = false;
    std::set<std::string> m_seen;
    std::size_t m_scanText = 0;
    /// Older lines than those are not kept any more.
    bool m_full = false;
    bool m_hasDropped = false;

    /// The block that is read, and behind it what the block after it could not use.
    std::string m_text;
    std::string m_carry;
    std::vector<char> m_units;
    /// Oldest first.
    std::deque<LogMatch> m_matches;
    std::size_t m_matchText = 0;
    /// By pattern: the number of the last line in which it was found.
    std::vector<std::uint64_t> m_foundIn;
    std::uint64_t m_line = 0;
};

/// The files, the newest first, while there is time: then the answer is what was read, in time for whoever
/// waits. Fails when it is cancelled, or when nothing was read in time.
Answer<LogScan> ScanLogFiles(const std::vector<AgentLogFile>& files, AgentLogSearch search, const Wait& wait);

/// "CBEngineCurr.errlog", "CBEngine12.errlog".
bool IsAgentLogName(std::string_view name);
/// "CBUICurr.errlog", "CBUI3.errlog".
bool IsConsoleLogName(std::string_view name);
/// "OBInstaller0Curr.errlog", "OBManagedlog.LOGCurr.errlog", "OBMsi.log".
bool IsInstallLogName(std::string_view name);

} // namespace mars
