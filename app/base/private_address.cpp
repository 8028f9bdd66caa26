// SPDX-License-Identifier: MIT
#include "private_address.h"

#include "number.h"
#include "text.h"

#include <cstdint>
#include <optional>

namespace mars
{
namespace
{

/// An IPv4 address as one number.
std::optional<std::uint32_t> ParseIpv4(std::string_view address)
{
    constexpr std::uint32_t kLargest = 255;
    const auto parts = Split(address, '.');
    std::uint32_t number = 0;
    for (const std::string& part : parts)
    {
        const auto value = ParseNumber<std::uint32_t>(part);
        if (!value || *value > kLargest)
        {
            return std::nullopt;
        }
        number = number << 8 | *value;
    }
    return parts.size() == 4 ? std::optional(number) : std::nullopt;
}

/// fc00::/7: the first group has four digits and begins with fc or fd.
bool IsUniqueLocal(std::string_view address)
{
    return address.find(':') == 4
        && (StartsWithIgnoreCase(address, "fc") || StartsWithIgnoreCase(address, "fd"));
}

} // namespace

bool IsPrivateAddress(std::string_view address)
{
    const auto number = ParseIpv4(address);
    if (!number)
    {
        return IsUniqueLocal(address);
    }
    const auto isIn = [&](std::uint32_t network, unsigned bits) {
        return *number >> (32 - bits) == network >> (32 - bits);
    };
    return isIn(0x0A000000, 8) || isIn(0xAC100000, 12) || isIn(0xC0A80000, 16) || isIn(0x64400000, 10);
}

} // namespace mars
