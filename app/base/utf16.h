// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mars
{

enum class ByteOrder
{
    kLittleEndian, ///< the registry's, and that of nearly all files of Windows
    kBigEndian,
};

/// The UTF-16 unit that two bytes make.
template <class Byte>
constexpr char16_t Utf16Unit(Byte first, Byte second, ByteOrder order = ByteOrder::kLittleEndian)
{
    const auto low = static_cast<std::uint8_t>(order == ByteOrder::kLittleEndian ? first : second);
    const auto high = static_cast<std::uint8_t>(order == ByteOrder::kLittleEndian ? second : first);
    return static_cast<char16_t>(low | (high << 8));
}

/// The units of a text in bytes; an odd last byte is none.
template <class Byte>
std::u16string Utf16Units(std::span<const Byte> bytes, ByteOrder order = ByteOrder::kLittleEndian)
{
    std::u16string units;
    units.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    {
        units += Utf16Unit(bytes[i], bytes[i + 1], order);
    }
    return units;
}

} // namespace mars
