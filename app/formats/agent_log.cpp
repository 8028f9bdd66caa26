// SPDX-License-Identifier: MIT
#include "agent_log.h"

#include "utf16.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>

namespace mars
{

namespace
{

/// Of a longer message, with all its lines, only the beginning is looked at.
constexpr std::size_t kLongestCarry = 256 * 1024;

/// Begins with the second unit of a character of two.
bool IsSecondHalf(std::string_view units, bool bigEndian)
{
    return (static_cast<unsigned char>(units[bigEndian ? 0 : 1]) & 0xFC) == 0xDC;
}

std::string FromUtf16(std::string_view bytes, bool bigEndian)
{
    return ToWtf8(Utf16Units(std::span(bytes), bigEndian ? ByteOrder::kBigEndian : ByteOrder::kLittleEndian));
}

} // namespace

AgentLogScanner::AgentLogScanner(std::vector<AgentLogSearch> searches, std::size_t block) : m_block(block)
{
    for (AgentLogSearch& search : searches)
    {
        m_collectors.emplace_back(std::move(search));
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
    if (isKnown || HasEnough())
    {
        return true;
    }
    const FileState state{file, EncodingOf(file)};
    for (AgentLogCollector& collector : m_collectors)
    {
        collector.Begin(file);
    }
    // In UTF-16 a block never cuts a unit, and has room for a character of two.
    const bool wide = state.encoding != Encoding::kBytes;
    const std::uint64_t block =
        wide ? std::max<std::uint64_t>(m_block & ~std::uint64_t(1), 4) : std::max<std::uint64_t>(m_block, 1);
    std::uint64_t end = wide ? file.size & ~std::uint64_t(1) : file.size;
    m_carry.clear();
    while (end > 0 && !HasEnough())
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
            for (AgentLogCollector& collector : m_collectors)
            {
                collector.Scan(std::string_view(m_text).substr(first));
            }
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

void AgentLogScanner::Miss(std::uint32_t because)
{
    for (AgentLogCollector& collector : m_collectors)
    {
        collector.Miss(because);
    }
}

bool AgentLogScanner::HasEnough() const
{
    return std::ranges::all_of(m_collectors, &AgentLogCollector::HasEnough);
}

std::vector<LogScan> AgentLogScanner::Take()
{
    std::vector<LogScan> scans;
    std::ranges::transform(m_collectors, std::back_inserter(scans), &AgentLogCollector::Take);
    return scans;
}

Answer<std::vector<LogScan>> ScanLogFiles(
    const std::vector<AgentLogFile>& files, std::vector<AgentLogSearch> searches, const Wait& wait)
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
    AgentLogScanner scanner(std::move(searches));
    const bool done =
        std::ranges::all_of(files, [&](const AgentLogFile& file) { return scanner.Add(file, inTime); });
    if (wait.stop.stop_requested() || (!done && !scanner.HasReadAnything()))
    {
        return wait.WhyOver("scan logs");
    }
    return scanner.Take();
}

Answer<LogScan> ScanLogFiles(const std::vector<AgentLogFile>& files, AgentLogSearch search, const Wait& wait)
{
    auto scans = ScanLogFiles(files, std::vector{std::move(search)}, wait);
    return scans ? Answer<LogScan>(std::move(scans->front())) : Answer<LogScan>(scans.Error());
}

} // namespace mars
