// SPDX-License-Identifier: MIT
#include "agent_log_collector.h"

#include "ascii.h"
#include "number.h"

#include <algorithm>
#include <iterator>

namespace mars
{

namespace
{

constexpr std::size_t kMostMatches = 2000;
constexpr std::size_t kMostText = 1024 * 1024;
constexpr std::size_t kLongestMessage = 2000;
constexpr std::size_t kLongestSeverity = 32;

/// At most so many bytes, and no half character at the end.
std::string_view Cut(std::string_view text, std::size_t longest)
{
    if (text.size() <= longest)
    {
        return text;
    }
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xC0) == 0x80)
    {
        --longest;
    }
    return text.substr(0, longest);
}

std::string MessageText(std::string_view text)
{
    return FromUnknownEncoding(Cut(text, kLongestMessage));
}

/// What begins or ends in punctuation begins or ends there.
bool IsWholeWord(std::string_view text, std::size_t at, std::string_view word)
{
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !IsAsciiAlnum(text[at - 1]) || !IsAsciiAlnum(word.front());
    const bool ends = end == text.size() || !IsAsciiAlnum(text[end]) || !IsAsciiAlnum(word.back());
    return begins && ends;
}

bool IsDecimal(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, IsAsciiDigit);
}

std::chrono::seconds Distance(Timestamp a, Timestamp b)
{
    return a > b ? a - b : b - a;
}

/// A file was last changed when its last line was written, which shows whether the log's clock is local time
/// or UTC. Where neither fits, as in a copy, local time is what Microsoft's own reader of these files
/// assumes.
std::chrono::minutes ClockOffset(Timestamp lastLine, const AgentLogFile& file)
{
    constexpr std::chrono::minutes kNear(10);
    const bool local = Distance(lastLine - file.utcOffset, file.written) <= kNear;
    const bool utc = Distance(lastLine, file.written) <= kNear;
    return utc && !local ? std::chrono::minutes(0) : file.utcOffset;
}

} // namespace

AgentLogCollector::AgentLogCollector(AgentLogSearch search)
    : m_options(std::move(search)), m_search(m_options.patterns)
{
    m_scan.totals.resize(m_options.patterns.size());
    m_scan.times.resize(m_options.patterns.size());
    m_foundIn.resize(m_options.patterns.size());
    std::ranges::transform(m_options.patterns, std::back_inserter(m_isDecimal), IsDecimal);
    for (std::uint32_t i = 0; i < m_options.patterns.size(); ++i)
    {
        const auto value = ParseDecimalOrHex(m_options.patterns[i]);
        const auto isIt = [&](const std::string& other) {
            return value && ParseDecimalOrHex(other) == value;
        };
        const auto first = std::ranges::find_if(m_options.patterns, isIt);
        m_sameAs.push_back(value ? static_cast<std::uint32_t>(first - m_options.patterns.begin()) : i);
    }
}

void AgentLogCollector::Scan(std::string_view text)
{
    if (HasEnough())
    {
        return;
    }
    LookForTimes(text);
    Lines lines{text};
    m_search.Find(text, [&](std::uint32_t pattern, std::size_t at) {
        const std::string& word = m_options.patterns[pattern];
        const bool isOne =
            IsWholeWord(text, at, word) && (!m_isDecimal[pattern] || IsNamedAsError(text, at, word.size()));
        if (m_options.wholeWords && !isOne)
        {
            return;
        }
        if (at >= lines.end)
        {
            EndLine(lines);
            BeginLine(lines, at);
        }
        if (m_foundIn[pattern] != m_line)
        {
            m_foundIn[pattern] = m_line;
            lines.found.push_back(pattern);
        }
    });
    EndLine(lines);
    KeepOfBlock();
}

/// The newest line's time shows which clock the file goes by; the oldest one's, how far back was read.
void AgentLogCollector::LookForTimes(std::string_view text)
{
    if (!m_offset)
    {
        const auto last = LastDatedLine(text, 0, text.size());
        if (const auto time = last ? DateOf(*last, m_file->written) : std::nullopt)
        {
            m_offset = ClockOffset(*time, *m_file);
            m_scan.newest = m_scan.newest ? m_scan.newest : std::optional(*time - *m_offset);
        }
    }
    const auto first = m_scan.IsComplete() ? FirstDatedLine(text) : std::nullopt;
    if (const auto time = first ? DateOf(*first, m_file->written) : std::nullopt)
    {
        m_scan.readSince = *time - m_offset.value_or(m_file->utcOffset);
    }
}

void AgentLogCollector::BeginLine(Lines& lines, std::size_t at) const
{
    const std::size_t begin = LineBegin(lines.text, at);
    lines.line = LineAt(lines.text, begin);
    lines.own = ParseAgentLogLine(lines.line);
    // A later line of a message has the time of the first one.
    const auto dated = lines.own ? lines.own : LastDatedLine(lines.text, lines.end, begin);
    if (dated)
    {
        const auto time = DateOf(*dated, m_file->written);
        lines.time = time ? std::optional(*time - m_offset.value_or(m_file->utcOffset)) : std::nullopt;
        lines.severity = ToValidUtf8(Cut(dated->severity, kLongestSeverity));
    }
    lines.end = std::min(lines.text.find('\n', at), lines.text.size() - 1) + 1;
}

/// `found` is in the order of the patterns.
bool AgentLogCollector::Counts(const Lines& lines, std::uint32_t pattern) const
{
    if (!m_options.wholeWords)
    {
        return true;
    }
    const auto isSame = [&](std::uint32_t other) { return m_sameAs[other] == m_sameAs[pattern]; };
    const bool isFirst = *std::ranges::find_if(lines.found, isSame) == pattern;
    return isFirst && (!m_isDecimal[pattern] || lines.severity != "NORMAL");
}

void AgentLogCollector::EndLine(Lines& lines)
{
    ++m_line;
    std::ranges::sort(lines.found);
    const auto time = lines.time || !m_file->undatedLinesCount ? lines.time : m_file->written;
    if (!lines.found.empty() && time)
    {
        for (const std::uint32_t pattern : lines.found)
        {
            if (!Counts(lines, pattern))
            {
                continue;
            }
            ++m_scan.totals[pattern];
            PatternTimes& times = m_scan.times[pattern];
            times.first = times.first ? std::min(*times.first, *time) : *time;
            times.last = times.last ? std::max(*times.last, *time) : *time;
            if (!m_full)
            {
                const std::string_view message = lines.own ? lines.own->message : Trim(lines.line);
                Keep({*time, m_options.patterns[pattern], lines.severity, MessageText(message)});
            }
        }
    }
    lines.found.clear();
}

/// For the time being: later lines of the block are newer.
void AgentLogCollector::Keep(LogMatch match)
{
    m_matchText += match.message.size();
    m_matches.push_back(std::move(match));
    while (m_scan.matches.size() + m_matches.size() > kMostMatches || m_scanText + m_matchText > kMostText)
    {
        m_matchText -= m_matches.front().message.size();
        m_matches.pop_front();
        m_hasDropped = true;
    }
}

void AgentLogCollector::KeepOfBlock()
{
    m_scanText += m_matchText;
    std::move(m_matches.rbegin(), m_matches.rend(), std::back_inserter(m_scan.matches));
    m_matches.clear();
    m_matchText = 0;
    m_full = m_hasDropped;
}

void AgentLogCollector::Miss(std::uint32_t because)
{
    m_scan.missedBecause = m_scan.IsComplete() && !HasEnough() ? because : m_scan.missedBecause;
}

LogScan AgentLogCollector::Take()
{
    if (m_scan.IsComplete())
    {
        m_scan.readSince.reset();
    }
    return std::move(m_scan);
}

} // namespace mars
