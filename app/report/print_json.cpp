// SPDX-License-Identifier: MIT
#include "print_json.h"

#include "steering_characters.h"
#include "text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>

namespace mars
{

namespace
{

bool IsAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// One character, which is not of ASCII, as JSON escapes it where it has to be.
std::string Escaped(std::string_view character)
{
    const std::u16string units = ToUtf16(character);
    const bool isPair = units.size() == 2;
    const char32_t c =
        isPair ? 0x10000 + ((char32_t(units[0]) & 0x3FF) << 10) + (units[1] & 0x3FF) : units[0];
    if (!SteersText(c))
    {
        return std::string(character);
    }
    std::string escaped;
    for (const char16_t unit : units)
    {
        escaped += fmt::format("\\u{:04x}", static_cast<std::uint16_t>(unit));
    }
    return escaped;
}

} // namespace

std::string PrintJson(const nlohmann::ordered_json& value)
{
    // The library escapes the control characters of ASCII itself.
    const std::string text = value.dump(2);
    std::string out;
    for (auto at = text.begin(); at != text.end();)
    {
        auto end = std::find_if_not(at, text.end(), IsAscii);
        out.append(at, end);
        at = end;
        if (at != text.end())
        {
            const auto isNext = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
            end = std::find_if(at + 1, text.end(), isNext);
            out += Escaped({at, end});
            at = end;
        }
    }
    return out + "\n";
}

} // namespace mars
