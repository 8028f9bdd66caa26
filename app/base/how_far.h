// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

namespace mars
{

/// How far a long answer is. Written by the thread that answers, read by one that shows it.
struct HowFar
{
    std::atomic<std::uint64_t> done{0};
    /// 0: not known yet.
    std::atomic<std::uint64_t> all{0};

    /// 0..100.
    unsigned Percent() const
    {
        const std::uint64_t whole = all;
        return whole == 0 ? 0 : static_cast<unsigned>(done * 100 / whole);
    }
};

} // namespace mars
