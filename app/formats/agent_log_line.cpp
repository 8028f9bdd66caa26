// SPDX-License-Identifier: MIT
#include "agent_log_line.h"

#include "ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace mars
{

namespace
{

constexpr std::size_t kColumns = 11;

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
        || clock[1] > 59 || clock[2] > 60
        || !std::chrono::month_day(std::chrono::month(day[0]), std::chrono::day(day[1])).ok())
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

bool IsBlankOrAssigning(char c)
{
    return std::string_view(" =:#.'\"([").find(c) != std::string_view::npos;
}

/// The last word of `text`, in lower case, before blanks and the signs that stand between a name and its
/// value; the word is taken off.
std::string TakeLastWord(std::string_view& text)
{
    while (!text.empty() && IsBlankOrAssigning(text.back()))
    {
        text.remove_suffix(1);
    }
    std::string word;
    for (; !text.empty() && IsAsciiAlnum(text.back()); text.remove_suffix(1))
    {
        const char c = text.back();
        word.insert(word.begin(), ToAsciiLower(c));
    }
    return word;
}

bool CallsItAnError(std::string_view word)
{
    return word.ends_with("error") || word.ends_with("code") || word == "err" || word == "hr"
        || word == "hresult";
}

} // namespace

std::optional<AgentLogLine> ParseAgentLogLine(std::string_view line)
{
    const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
    std::optional<AgentLogLine> parsed = tabs + 1 >= kColumns ? ParseTabs(line) : std::nullopt;
    return parsed ? parsed : ParseWords(line);
}

bool IsNamedAsError(std::string_view text, std::size_t at, std::size_t size)
{
    const std::string_view behind = text.substr(std::min(at + size, text.size()));
    if (behind.size() > 1 && (behind[0] == '.' || behind[0] == ',') && IsAsciiAlnum(behind[1]))
    {
        return false;
    }
    std::string_view before = text.substr(0, at);
    const std::string word = TakeLastWord(before);
    if (word != "id")
    {
        return CallsItAnError(word);
    }
    // "(ID: 34513)", "later. ID: 34513" and "error ID 34513", not "process id 34513".
    while (before.ends_with(' '))
    {
        before.remove_suffix(1);
    }
    const bool hasOwner = !before.empty() && IsAsciiAlnum(before.back());
    return !hasOwner || CallsItAnError(TakeLastWord(before));
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

std::size_t LineBegin(std::string_view text, std::size_t at)
{
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
}

std::string_view LineAt(std::string_view text, std::size_t begin)
{
    std::string_view line = text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
    line.remove_suffix(line.ends_with('\r') ? 1 : 0);
    return line;
}

std::optional<AgentLogLine> LastDatedLine(std::string_view text, std::size_t from, std::size_t to)
{
    while (to > from)
    {
        to = std::max(from, LineBegin(text, to - 1));
        if (const auto line = ParseAgentLogLine(LineAt(text, to)))
        {
            return line;
        }
    }
    return std::nullopt;
}

std::optional<AgentLogLine> FirstDatedLine(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1)
    {
        if (const auto line = ParseAgentLogLine(LineAt(text, at)))
        {
            return line;
        }
    }
    return std::nullopt;
}

bool IsAgentLogName(std::string_view name)
{
    return StartsWithIgnoreCase(name, "CBEngine") && EndsWithIgnoreCase(name, ".errlog");
}

bool IsConsoleLogName(std::string_view name)
{
    return StartsWithIgnoreCase(name, "CBUI") && EndsWithIgnoreCase(name, ".errlog");
}

bool IsInstallLogName(std::string_view name)
{
    const bool agents =
        StartsWithIgnoreCase(name, "OBInstaller") || StartsWithIgnoreCase(name, "OBManagedlog");
    return (agents && EndsWithIgnoreCase(name, ".errlog")) || EqualsIgnoreCase(name, "OBMsi.log");
}

} // namespace mars
