// SPDX-License-Identifier: MIT
#pragma once

#include "agent_log_collector.h"
#include "machine.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// Reads logs once for several searches, in constant memory: each file from its end towards its beginning, so
/// that the newest lines are known whenever time runs out. Not for use by two threads at once.
class AgentLogScanner
{
public:
    static constexpr std::size_t kBlock = 1024 * 1024;

    /// `block`: how much is read at once.
    explicit AgentLogScanner(std::vector<AgentLogSearch> searches, std::size_t block = kBlock);

    /// The newest file first. False once the wait is over; what was read until then counts.
    bool Add(const AgentLogFile& file, const Wait& wait);
    bool HasReadAnything() const
    {
        return m_hasRead;
    }
    /// One for each search, in their order.
    std::vector<LogScan> Take();

private:
    enum class Encoding
    {
        kBytes,
        kUtf16LittleEndian,
        kUtf16BigEndian,
    };

    /// The file that is read.
    struct FileState
    {
        const AgentLogFile& file;
        Encoding encoding = Encoding::kBytes;
    };

    static Encoding EncodingOf(const AgentLogFile& file);
    bool ReadBlock(const FileState& state, std::uint64_t& begin, std::uint64_t end);
    void Miss(std::uint32_t because);
    bool HasEnough() const;
    std::size_t FirstWholeLine(const FileState& state) const;

    std::vector<AgentLogCollector> m_collectors;
    std::size_t m_block;
    bool m_hasRead = false;
    std::set<std::string> m_seen;
    /// The block that is read, and behind it what the block after it could not use.
    std::string m_text;
    std::string m_carry;
    std::vector<char> m_units;
};

/// The files, the newest first, while there is time: then the answer is what was read, in time for whoever
/// waits; one for each search, in their order. Fails when it is cancelled, or when nothing was read in time.
Answer<std::vector<LogScan>> ScanLogFiles(
    const std::vector<AgentLogFile>& files, std::vector<AgentLogSearch> searches, const Wait& wait);
/// The same for one search.
Answer<LogScan> ScanLogFiles(const std::vector<AgentLogFile>& files, AgentLogSearch search, const Wait& wait);

} // namespace mars
