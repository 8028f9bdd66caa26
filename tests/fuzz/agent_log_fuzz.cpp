// SPDX-License-Identifier: MIT
#include "agent_log.h"

#include <cstdlib>
#include <cstring>

/// Any bytes are scanned, as UTF-8 and as UTF-16, without harm and with valid text as the result.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    mars::AgentLogScanner scanner({"Failed", "0x8"});
    for (const bool utf16 : {false, true})
    {
        std::size_t used = 0;
        mars::AgentLogFile file;
        file.utf16 = utf16;
        file.read = [&](std::span<char> buffer) {
            const std::size_t piece = std::min({buffer.size(), size - used, std::size_t(13)});
            std::memcpy(buffer.data(), data + used, piece);
            used += piece;
            return piece;
        };
        scanner.Add(file, mars::Wait{});
    }
    for (const mars::LogMatch& match : scanner.Take().matches)
    {
        if (mars::ToValidUtf8(match.message + match.severity) != match.message + match.severity)
        {
            std::abort();
        }
    }
    return 0;
}
