// SPDX-License-Identifier: MIT
#include "agent_log.h"
#include "questions/log.h"

#include <cstdlib>
#include <cstring>

namespace
{

void Expect(bool good)
{
    if (!good)
    {
        std::abort();
    }
}

/// Reads the bytes; behind them the file says that there is more, and one part of it may be locked.
mars::AgentLogFile FileOf(const std::uint8_t* data, std::size_t size, std::uint64_t lockedAt)
{
    mars::AgentLogFile file;
    file.size = size + size % 3;
    file.undatedLinesCount = size % 2 == 1;
    file.read = [=](std::uint64_t offset, std::span<char> bytes) {
        if (offset <= lockedAt && lockedAt < offset + bytes.size() && bytes.size() > 4)
        {
            return mars::Answer<std::size_t>(mars::Failure{33, "locked"});
        }
        const std::size_t begin = std::min<std::size_t>(offset, size);
        const std::size_t part = std::min(size - begin, bytes.size());
        if (part > 0)
        {
            std::memcpy(bytes.data(), data + begin, part);
        }
        return mars::Answer<std::size_t>(part);
    };
    return file;
}

void Check(const mars::LogScan& scan, std::size_t lines)
{
    for (const mars::LogMatch& match : scan.matches)
    {
        Expect(mars::ToValidUtf8(match.message + match.severity) == match.message + match.severity);
        Expect(match.message.size() <= 3 * 2000);
    }
    for (std::size_t i = 0; i < scan.totals.size(); ++i)
    {
        Expect(scan.totals[i] <= lines);
        Expect((scan.totals[i] == 0) == !scan.times[i].first);
    }
}

} // namespace

/// Any bytes, in any blocks, are scanned without harm, with valid text as the result, and a line counts at
/// most once. What is whole is found whatever the block.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::vector<std::string> patterns{"Failed", "0x8", "100050", "0x186D2", ":"};
    for (const bool words : {false, true})
    {
        std::vector<std::vector<std::uint64_t>> totals;
        for (const std::size_t block : {13, 64, 100'000})
        {
            for (const std::uint64_t lockedAt : {~std::uint64_t(0), std::uint64_t(size / 2)})
            {
                mars::AgentLogScanner scanner({mars::AgentLogSearch{patterns, words}}, block);
                Expect(scanner.Add(FileOf(data, size, lockedAt), mars::Wait{}));
                const mars::LogScan scan = scanner.Take().front();
                Check(scan, size + 1);
                if (lockedAt == ~std::uint64_t(0))
                {
                    totals.push_back(scan.totals);
                }
            }
        }
        // A line without a date takes its severity from the lines before it, where they are in the same
        // block.
        Expect(size % 2 == 1 || (totals[0] == totals[1] && totals[1] == totals[2]));
    }
    return 0;
}
