// SPDX-License-Identifier: MIT
#include "smbios.h"

#include "text.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::uint8_t kChassis = 3;
constexpr std::uint8_t kEndOfTable = 127;
constexpr std::size_t kHeaderSize = 4;
/// Where a chassis keeps the number of its asset tag's text.
constexpr std::size_t kAssetTag = 8;

/// The texts behind a structure: each ends with a zero, all of them with one more.
struct Texts
{
    std::span<const std::uint8_t> bytes;

    /// Numbered from 1; 0 is "none".
    std::string At(std::uint8_t number) const
    {
        auto begin = bytes.begin();
        for (std::uint8_t i = 1; number != 0; ++i)
        {
            const auto end = std::find(begin, bytes.end(), std::uint8_t{0});
            if (end == begin || end == bytes.end())
            {
                break;
            }
            if (i == number)
            {
                return std::string(Trim(std::string(begin, end)));
            }
            begin = end + 1;
        }
        return {};
    }

    /// Nothing where the table ends before the texts do.
    std::optional<std::size_t> Size() const
    {
        for (std::size_t i = 0; i + 1 < bytes.size(); ++i)
        {
            if (bytes[i] == 0 && bytes[i + 1] == 0)
            {
                return i + 2;
            }
        }
        return std::nullopt;
    }
};

} // namespace

std::optional<std::string> FindChassisAssetTag(std::span<const std::uint8_t> table)
{
    while (table.size() >= kHeaderSize)
    {
        const std::uint8_t type = table[0];
        const std::size_t length = table[1];
        if (type == kEndOfTable || length < kHeaderSize || length > table.size())
        {
            break;
        }
        const Texts texts{table.subspan(length)};
        const auto size = texts.Size();
        if (!size)
        {
            break;
        }
        if (type == kChassis)
        {
            return length > kAssetTag ? texts.At(table[kAssetTag]) : std::string();
        }
        table = table.subspan(length + *size);
    }
    return std::nullopt;
}

} // namespace mars
