// SPDX-License-Identifier: MIT
#include "agent_log.h"

#include "ascii.h"
#include "number.h"
#include "questions/log.h"
#include "utf16.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <numeric>

namespace mars
{

namespace
{

constexpr std::size_t kMostMatches = 2000;
constexpr std::size_t kMostText = 1024 * 1024;
constexpr std::size_t kLongestMessage = 2000;
/// Of a longer message, with all its lines, only the beginning is looked at.
constexpr std::size_t kLongestCarry = 256 * 1024;
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

/// What begins or ends in punctuation begins or ends there.
bool IsWholeWord(std::string_view text, std::size_t at, std::string_view word)
{
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !IsAsciiAlnum(text[at - 1]) || !IsAsciiAlnum(word.front());
    const bool ends = end == text.size() || !IsAsciiAlnum(text[end]) || !IsAsciiAlnum(word.back());
    return begins && ends;
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

bool IsDecimal(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, IsAsciiDigit);
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

/// The last line with a date that begins in text[from, to).
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

/// Begins with the second unit of a character of two.
bool IsSecondHalf(std::string_view units, bool bigEndian)
{
    return (static_cast<unsigned char>(units[bigEndian ? 0 : 1]) & 0xFC) == 0xDC;
}

std::string FromUtf16(std::string_view bytes, bool bigEndian)
{
    return ToWtf8(Utf16Units(std::span(bytes), bigEndian ? ByteOrder::kBigEndian : ByteOrder::kLittleEndian));
}

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

AgentLogScanner::AgentLogScanner(AgentLogSearch search)
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

AgentLogScanner::Encoding AgentLogScanner::EncodingOf(const AgentLogFile& file)
{
    std::array<char, 4> bytes{};
    const std::size_t size = file.read(0, bytes).ValueOr(0);
    const std::string_view text(bytes.data(), std::min(size, bytes.size()));
    if (text.starts_with("\xFF\xFE") || (size == 4 && text[0] != 0 && text[1] == 0 && text[3] == 0))
    {
        return Encoding::kUtf16LittleEndian;
    }
    return text.starts_with("\xFE\xFF") ? Encoding::kUtf16BigEndian : Encoding::kBytes;
}

bool AgentLogScanner::Add(const AgentLogFile& file, const Wait& wait)
{
    const bool isKnown = !file.identity.empty() && !m_seen.insert(file.identity).second;
    // Without anything to look for only the newest line's time is asked.
    const auto isEnough = [&] { return m_options.patterns.empty() && m_scan.newest; };
    if (isKnown || isEnough())
    {
        return true;
    }
    FileState state{file, EncodingOf(file)};
    // In UTF-16 a block never cuts a unit, and has room for a character of two.
    const bool wide = state.encoding != Encoding::kBytes;
    const std::uint64_t block = wide ? std::max<std::uint64_t>(m_options.block & ~std::uint64_t(1), 4)
                                     : std::max<std::uint64_t>(m_options.block, 1);
    std::uint64_t end = wide ? file.size & ~std::uint64_t(1) : file.size;
    m_carry.clear();
    while (end > 0 && !isEnough())
    {
        if (wait.IsOver())
        {
            Miss(wait.WhyOver({}).code);
            return false;
        }
        std::uint64_t begin = end - std::min(end, wide || end % block == 0 ? block : end % block);
        if (ReadBlock(state, begin, end))
        {
            const std::size_t first = begin == 0 ? 0 : FirstWholeLine(state);
            m_carry.assign(m_text, 0, std::min(first, kLongestCarry));
            Scan(state, std::string_view(m_text).substr(first));
        }
        if (wait.howFar)
        {
            wait.howFar->done += end - begin;
        }
        end = begin;
    }
    return true;
}

/// Puts what stands there in front of what was carried; `begin` moves behind half a character. False: it
/// cannot be read, or is no longer there.
bool AgentLogScanner::ReadBlock(const FileState& state, std::uint64_t& begin, std::uint64_t end)
{
    const auto size = static_cast<std::size_t>(end - begin);
    const bool wide = state.encoding != Encoding::kBytes;
    char* into = nullptr;
    if (wide)
    {
        m_units.resize(size);
        into = m_units.data();
    }
    else
    {
        m_text.resize(size + m_carry.size());
        into = m_text.data();
    }
    const auto got = state.file.read(begin, {into, size});
    if (!got)
    {
        Miss(got.HasFailed() ? got.Error().code : code::kNotSupported);
        m_carry.clear();
        return false;
    }
    const std::size_t used = std::min(*got, size);
    if (used < size)
    {
        // It shrank: what followed is gone.
        m_carry.clear();
    }
    if (wide)
    {
        const bool bigEndian = state.encoding == Encoding::kUtf16BigEndian;
        std::string_view units(m_units.data(), used);
        if (begin > 0 && units.size() > 2 && IsSecondHalf(units, bigEndian))
        {
            units.remove_prefix(2);
            begin += 2;
        }
        m_text = FromUtf16(units, bigEndian) + m_carry;
    }
    else
    {
        m_text.resize(used);
        m_text += m_carry;
    }
    m_hasRead = m_hasRead || used > 0;
    return used > 0;
}

/// Where the first line with a date begins: all before it belongs to a message that began in the block
/// before.
std::size_t AgentLogScanner::FirstWholeLine(const FileState& state) const
{
    const std::string_view text = m_text;
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at))
    {
        ++at;
        if (ParseAgentLogLine(LineAt(text, at)))
        {
            return at;
        }
    }
    // Without dates each line stands for itself.
    return state.file.undatedLinesCount ? std::min(text.find('\n'), text.size() - 1) + 1 : text.size();
}

void AgentLogScanner::Scan(FileState& state, std::string_view text)
{
    LookForTimes(state, text);
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
            EndLine(state, lines);
            BeginLine(state, lines, at);
        }
        if (m_foundIn[pattern] != m_line)
        {
            m_foundIn[pattern] = m_line;
            lines.found.push_back(pattern);
        }
    });
    EndLine(state, lines);
    KeepOfBlock();
}

/// The newest line's time shows which clock the file goes by; the oldest one's, how far back was read.
void AgentLogScanner::LookForTimes(FileState& state, std::string_view text)
{
    if (!state.offset)
    {
        const auto last = LastDatedLine(text, 0, text.size());
        if (const auto time = last ? DateOf(*last, state.file.written) : std::nullopt)
        {
            state.offset = ClockOffset(*time, state.file);
            m_scan.newest = m_scan.newest ? m_scan.newest : std::optional(*time - *state.offset);
        }
    }
    const auto first = m_scan.IsComplete() ? FirstDatedLine(text) : std::nullopt;
    if (const auto time = first ? DateOf(*first, state.file.written) : std::nullopt)
    {
        m_scan.readSince = *time - state.offset.value_or(state.file.utcOffset);
    }
}

void AgentLogScanner::BeginLine(const FileState& state, Lines& lines, std::size_t at) const
{
    const std::size_t begin = LineBegin(lines.text, at);
    lines.line = LineAt(lines.text, begin);
    lines.own = ParseAgentLogLine(lines.line);
    // A later line of a message has the time of the first one.
    const auto dated = lines.own ? lines.own : LastDatedLine(lines.text, lines.end, begin);
    if (dated)
    {
        const auto time = DateOf(*dated, state.file.written);
        lines.time = time ? std::optional(*time - state.offset.value_or(state.file.utcOffset)) : std::nullopt;
        lines.severity = ToValidUtf8(Cut(dated->severity, kLongestSeverity));
    }
    lines.end = std::min(lines.text.find('\n', at), lines.text.size() - 1) + 1;
}

/// `found` is in the order of the patterns.
bool AgentLogScanner::Counts(const Lines& lines, std::uint32_t pattern) const
{
    if (!m_options.wholeWords)
    {
        return true;
    }
    const auto isSame = [&](std::uint32_t other) { return m_sameAs[other] == m_sameAs[pattern]; };
    const bool isFirst = *std::ranges::find_if(lines.found, isSame) == pattern;
    return isFirst && (!m_isDecimal[pattern] || lines.severity != "NORMAL");
}

void AgentLogScanner::EndLine(const FileState& state, Lines& lines)
{
    ++m_line;
    std::ranges::sort(lines.found);
    const auto time = lines.time || !state.file.undatedLinesCount ? lines.time : state.file.written;
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
void AgentLogScanner::Keep(LogMatch match)
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

void AgentLogScanner::KeepOfBlock()
{
    m_scanText += m_matchText;
    std::move(m_matches.rbegin(), m_matches.rend(), std::back_inserter(m_scan.matches));
    m_matches.clear();
    m_matchText = 0;
    m_full = m_hasDropped;
}

void AgentLogScanner::Miss(std::uint32_t because)
{
    m_scan.missedBecause = m_scan.IsComplete() ? because : m_scan.missedBecause;
}

LogScan AgentLogScanner::Take()
{
    if (m_scan.IsComplete())
    {
        m_scan.readSince.reset();
    }
    return std::move(m_scan);
}

Answer<LogScan> ScanLogFiles(const std::vector<AgentLogFile>& files, AgentLogSearch search, const Wait& wait)
{
    using Clock = std::chrono::steady_clock;
    // An answer that comes after the deadline is none.
    Wait inTime = wait;
    if (wait.deadline != Clock::time_point::max())
    {
        const auto left = std::max(wait.deadline - Clock::now(), Clock::duration::zero());
        inTime.deadline -= std::min<Clock::duration>(left / 5, std::chrono::seconds(1));
    }
    if (wait.howFar)
    {
        wait.howFar->all += std::accumulate(files.begin(), files.end(), std::uint64_t(0),
            [](std::uint64_t sum, const AgentLogFile& file) { return sum + file.size; });
    }
    AgentLogScanner scanner(std::move(search));
    const bool done =
        std::ranges::all_of(files, [&](const AgentLogFile& file) { return scanner.Add(file, inTime); });
    if (wait.stop.stop_requested() || (!done && !scanner.HasReadAnything()))
    {
        return wait.WhyOver("scan logs");
    }
    return scanner.Take();
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
