// SPDX-License-Identifier: MIT
#include "error_name.h"

#include "ascii.h"

#include <string>

namespace mars
{

namespace
{

std::string DigitsOf(std::string_view text)
{
    std::string digits;
    for (const char c : text)
    {
        digits += IsAsciiDigit(c) ? std::string(1, c) : std::string();
    }
    return digits;
}

char At(std::string_view text, std::size_t index)
{
    return index < text.size() ? text[index] : ' ';
}

/// Whether a new word of "CBPSourceSnapshotFailedVSSProviderVETO" begins at `index`.
bool BeginsWord(std::string_view name, std::size_t index)
{
    return IsAsciiUpper(At(name, index))
        && (IsAsciiLower(At(name, index - 1)) || IsAsciiLower(At(name, index + 1)));
}

} // namespace

WordInText LookAround(std::string_view folded, std::string_view word)
{
    const auto begin = static_cast<std::size_t>(word.data() - folded.data());
    const std::size_t end = begin + word.size();
    const bool before = At(folded, begin - 1) == '.' && IsWordByte(At(folded, begin - 2));
    const bool behind = At(folded, end) == '.' && IsWordByte(At(folded, end + 1));
    return {word, before || behind, folded.substr(end).starts_with("..")};
}

bool HaveSameDigits(std::string_view one, std::string_view other)
{
    return DigitsOf(one) == DigitsOf(other);
}

bool IsCutOff(const WordInText& word, std::string_view name)
{
    const std::size_t length = word.word.size();
    const bool insideNumber = IsAsciiDigit(At(name, length)) && IsAsciiDigit(At(name, length - 1));
    const bool nearlyWhole = 5 * length >= 4 * name.size();
    return !word.dotted && length < name.size() && !insideNumber
        && (word.ellipsis || nearlyWhole || !BeginsWord(name, length));
}

bool GoesOnBehind(std::string_view word, std::string_view name)
{
    return word.starts_with(name) && HaveSameDigits(word, name);
}

} // namespace mars
