// SPDX-License-Identifier: MIT
#include "agent_log.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace mars
{

namespace
{

constexpr std::size_t kMostMatches = 2000;
constexpr std::size_t kMostText = 1024 * 1024;
constexpr std::size_t kLongestMessage = 2000;
/// Of a longer line only the beginning is looked at.
constexpr std::size_t kLongestLine = 64 * 1024;
constexpr std::size_t kLongestSeverity = 32;
constexpr std::size_t kColumns = 11;

// ---- One line

/// "10/21" or "21:02:21": numbers of two digits with a separator between; true when all of the text was used.
template <std::size_t Count>
bool ReadNumbers(std::string_view text, char separator, std::array<unsigned, Count>& numbers)
{
    if (text.size() != Count * 3 - 1)
    {
        return false;
    }
    for (std::size_t i = 0; i < Count; ++i)
    {
        const char* const begin = text.data() + i * 3;
        const auto [end, error] = std::from_chars(begin, begin + 2, numbers[i]);
        if (error != std::errc() || end != begin + 2 || (i + 1 < Count && *end != separator))
        {
            return false;
        }
    }
    return true;
}

bool ReadTime(std::string_view date, std::string_view time, AgentLogLine& line)
{
    std::array<unsigned, 2> day{};
    std::array<unsigned, 3> clock{};
    if (!ReadNumbers(date, '/', day) || !ReadNumbers(time.substr(0, 8), ':', clock) || clock[0] > 23
        || clock[1] > 59 || clock[2] > 60)
    {
        return false;
    }
    line.month = day[0];
    line.day = day[1];
    line.timeOfDay =
        std::chrono::hours(clock[0]) + std::chrono::minutes(clock[1]) + std::chrono::seconds(clock[2]);
    return true;
}

/// Takes the next column off the front.
std::string_view Take(std::string_view& rest, std::string_view separators)
{
    const std::size_t end = std::min(rest.find_first_of(separators), rest.size());
    const std::string_view column = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return column;
}

std::optional<AgentLogLine> ParseTabs(std::string_view text)
{
    std::array<std::string_view, kColumns> columns;
    for (std::size_t i = 0; i + 1 < kColumns; ++i)
    {
        columns[i] = Take(text, "\t");
    }
    AgentLogLine line;
    if (!ReadTime(Trim(columns[2]), Trim(columns[3]), line))
    {
        return std::nullopt;
    }
    line.severity = Trim(columns[9]);
    line.message = Trim(text);
    return line;
}

/// A word of nothing but capitals, long enough not to be part of a GUID or a number: the severity.
bool LooksLikeSeverity(std::string_view word)
{
    return word.size() >= 4
        && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// How many words may stand before the severity; some columns are empty and leave no word.
constexpr int kMostWordsBefore = 10;

std::string_view TakeWord(std::string_view& rest)
{
    rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
    return Take(rest, " \t");
}

std::optional<AgentLogLine> ParseWords(std::string_view text)
{
    TakeWord(text);
    TakeWord(text);
    const std::string_view date = TakeWord(text);
    const std::string_view time = TakeWord(text);
    AgentLogLine line;
    if (!ReadTime(date, time, line))
    {
        return std::nullopt;
    }
    line.message = Trim(text);
    for (int i = 0; i < kMostWordsBefore && !text.empty(); ++i)
    {
        const std::string_view word = TakeWord(text);
        if (LooksLikeSeverity(word))
        {
            line.severity = word;
            line.message = Trim(text);
            break;
        }
    }
    return line;
}

// ---- Text

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

/// Collects bytes into lines.
class LineSplitter
{
public:
    explicit LineSplitter(std::function<void(std::string_view)> take) : m_take(std::move(take)) {}

    void Add(std::string_view bytes)
    {
        while (!bytes.empty())
        {
            const std::size_t end = bytes.find('\n');
            Append(bytes.substr(0, end));
            if (end == std::string_view::npos)
            {
                return;
            }
            Finish();
            bytes.remove_prefix(end + 1);
        }
    }

    void Finish()
    {
        std::string_view line = m_line;
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        if (!line.empty())
        {
            m_take(line);
        }
        m_line.clear();
    }

private:
    void Append(std::string_view bytes)
    {
        m_line += bytes.substr(0, kLongestLine - std::min(kLongestLine, m_line.size()));
    }

    std::function<void(std::string_view)> m_take;
    std::string m_line;
};

/// UTF-16, which a chunk may cut anywhere, to UTF-8.
class Utf16Reader
{
public:
    std::string Convert(std::string_view bytes)
    {
        m_rest += bytes;
        std::u16string units;
        std::size_t used = 0;
        for (; used + 1 < m_rest.size(); used += 2)
        {
            const auto low = static_cast<unsigned char>(m_rest[used]);
            const auto high = static_cast<unsigned char>(m_rest[used + 1]);
            units += static_cast<char16_t>(low | (high << 8));
        }
        m_rest.erase(0, used);
        return ToWtf8(units);
    }

private:
    std::string m_rest;
};

// ---- Time

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

std::optional<AgentLogLine> ParseAgentLogLine(std::string_view line)
{
    const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
    std::optional<AgentLogLine> parsed = tabs + 1 >= kColumns ? ParseTabs(line) : std::nullopt;
    return parsed ? parsed : ParseWords(line);
}

std::optional<Timestamp> DateOf(const AgentLogLine& line, Timestamp written)
{
    // A day more than the file's date, because one may be local time and the other UTC.
    const auto latest = std::chrono::floor<std::chrono::days>(written) + std::chrono::days(1);
    std::chrono::year year = std::chrono::year_month_day(latest).year();
    // The second year of the search is for a leap day, which only one of them has.
    for (int i = 0; i < 8; ++i, --year)
    {
        const std::chrono::year_month_day date(
            year, std::chrono::month(line.month), std::chrono::day(line.day));
        if (date.ok() && std::chrono::sys_days(date) <= latest)
        {
            return std::chrono::sys_days(date) + line.timeOfDay;
        }
    }
    return std::nullopt;
}

AgentLogScanner::AgentLogScanner(std::vector<std::string> patterns) : m_patterns(std::move(patterns))
{
    m_scan.totals.resize(m_patterns.size());
}

bool AgentLogScanner::Add(const AgentLogFile& file, const Wait& wait)
{
    bool skip = file.beginsInside;
    LineSplitter lines([&](std::string_view line) {
        if (!std::exchange(skip, false))
        {
            AddLine(line, file.written);
        }
    });
    Utf16Reader utf16;
    std::vector<char> chunk(64 * 1024);
    for (std::size_t size = file.read(chunk); size != 0; size = file.read(chunk))
    {
        if (wait.IsOver())
        {
            return false;
        }
        const std::string_view bytes(chunk.data(), size);
        file.utf16 ? lines.Add(utf16.Convert(bytes)) : lines.Add(bytes);
    }
    lines.Finish();
    FinishFile(file);
    return true;
}

void AgentLogScanner::AddLine(std::string_view line, Timestamp written)
{
    if (const auto parsed = ParseAgentLogLine(line))
    {
        const auto time = DateOf(*parsed, written);
        m_last = time ? time : m_last;
        m_severity = ToValidUtf8(Cut(parsed->severity, kLongestSeverity));
        AddMatches(line);
    }
    else if (m_last)
    {
        AddMatches(line);
    }
}

void AgentLogScanner::AddMatches(std::string_view line)
{
    for (std::size_t i = 0; i < m_patterns.size(); ++i)
    {
        if (line.find(m_patterns[i]) == std::string_view::npos)
        {
            continue;
        }
        ++m_scan.totals[i];
        const auto parsed = ParseAgentLogLine(line);
        const std::string_view message = parsed ? parsed->message : Trim(line);
        Keep({m_last.value_or(Timestamp()), m_patterns[i], m_severity, MessageText(message)});
    }
}

void AgentLogScanner::Keep(LogMatch match)
{
    m_text += match.message.size();
    m_matches.push_back(std::move(match));
    while (m_matches.size() > kMostMatches || m_text > kMostText)
    {
        m_text -= m_matches.front().message.size();
        m_matches.pop_front();
    }
}

void AgentLogScanner::FinishFile(const AgentLogFile& file)
{
    const std::chrono::minutes offset = m_last ? ClockOffset(*m_last, file) : std::chrono::minutes(0);
    if (m_last && !m_scan.newest)
    {
        m_scan.newest = *m_last - offset;
    }
    for (; !m_matches.empty() && m_scan.matches.size() < kMostMatches; m_matches.pop_back())
    {
        LogMatch& match = m_matches.back();
        m_scanText += match.message.size();
        if (m_scanText > kMostText)
        {
            break;
        }
        match.time -= offset;
        m_scan.matches.push_back(std::move(match));
    }
    m_matches.clear();
    m_text = 0;
    m_last.reset();
    m_severity.clear();
}

LogScan AgentLogScanner::Take()
{
    return std::move(m_scan);
}

} // namespace mars
