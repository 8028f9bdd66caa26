// SPDX-License-Identifier: MIT
#include "connection_blob.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

constexpr std::size_t kVersionAt = 0;
constexpr std::size_t kCounterAt = 4;
constexpr std::size_t kFlagsAt = 8;
/// Version, counter, flags, three empty texts.
constexpr std::size_t kFixedPart = 24;
constexpr std::size_t kTail = 32;
constexpr std::uint32_t kUsualVersion = 0x46;
constexpr std::uint32_t kDirectFlag = 0x1;

std::uint32_t NumberAt(const Bytes& bytes, std::size_t at)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
    {
        number |= static_cast<std::uint32_t>(bytes[at + i]) << (8 * i);
    }
    return number;
}

void Write(Bytes& bytes, std::size_t at, std::uint32_t number)
{
    for (std::size_t i = 0; i < 4; ++i)
    {
        bytes[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
}

std::uint32_t NextCounter(const Bytes& before)
{
    return before.size() < kFlagsAt ? 1 : NumberAt(before, kCounterAt) + 1;
}

} // namespace

Bytes DirectBlob(const Bytes& before)
{
    Bytes bytes(kFixedPart + kTail);
    Write(bytes, kVersionAt, before.size() < kCounterAt ? kUsualVersion : NumberAt(before, kVersionAt));
    Write(bytes, kCounterAt, NextCounter(before));
    Write(bytes, kFlagsAt, kDirectFlag);
    return bytes;
}

Bytes CopiedBlob(Bytes source, const Bytes& before)
{
    if (source.size() >= kFlagsAt && !before.empty())
    {
        Write(source, kCounterAt, NextCounter(before));
    }
    return source;
}

} // namespace mars::connectivity
