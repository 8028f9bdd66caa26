// SPDX-License-Identifier: MIT
#pragma once

/// The classes of ASCII, whatever the locale is. A byte of a longer UTF-8 character is in none of them.
namespace mars
{

constexpr bool IsAsciiDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool IsAsciiUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

constexpr bool IsAsciiLower(char c)
{
    return c >= 'a' && c <= 'z';
}

constexpr bool IsAsciiLetter(char c)
{
    return IsAsciiUpper(c) || IsAsciiLower(c);
}

constexpr bool IsAsciiAlnum(char c)
{
    return IsAsciiLetter(c) || IsAsciiDigit(c);
}

constexpr bool IsAsciiHexDigit(char c)
{
    return IsAsciiDigit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

constexpr char ToAsciiLower(char c)
{
    return IsAsciiUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Part of a word in any language: letters and digits of ASCII, and each byte of every other character.
constexpr bool IsWordByte(char c)
{
    return IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

} // namespace mars
