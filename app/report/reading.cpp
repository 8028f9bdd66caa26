// SPDX-License-Identifier: MIT
#include "reading.h"

#include "steering_characters.h"
#include "text.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

std::size_t LengthOfCharacter(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

char32_t CharacterAt(std::string_view utf8, std::size_t at, std::size_t length)
{
    constexpr unsigned char kFirstByteBits[] = {0x7F, 0x1F, 0x0F, 0x07};
    char32_t c = static_cast<unsigned char>(utf8[at]) & kFirstByteBits[length - 1];
    for (std::size_t i = 1; i < length; ++i)
    {
        c = (c << 6) | (static_cast<unsigned char>(utf8[at + i]) & 0x3F);
    }
    return c;
}

} // namespace

std::string ResultWord(const Outcome& outcome, const Knowledge& knowledge, Language language)
{
    return outcome.IsProblem() ? knowledge.Text(fmt::format("level.{}", WordOf(outcome.level)), language)
                               : knowledge.Text(fmt::format("result.{}", WordOf(outcome.kind)), language);
}

std::string ForReading(std::string_view text)
{
    const std::string utf8 = ToValidUtf8(text);
    std::string out;
    for (std::size_t at = 0; at < utf8.size();)
    {
        const std::size_t length = LengthOfCharacter(static_cast<unsigned char>(utf8[at]));
        out += SteersText(CharacterAt(utf8, at, length)) ? " " : utf8.substr(at, length);
        at += length;
    }
    return out;
}

} // namespace mars
