// SPDX-License-Identifier: MIT
#include "stated_codes.h"

#include "error_number.h"
#include "text_likeness.h"

#include <algorithm>
#include <cctype>

namespace mars
{

namespace
{

constexpr std::size_t kOfTheAgent = 0;
constexpr std::size_t kHttpStatus = 1;
constexpr std::size_t kSignIn = 2;

bool IsSignInCode(std::string_view word)
{
    constexpr std::string_view kPrefix = "aadsts";
    return word.starts_with(kPrefix) && word.size() > kPrefix.size()
        && std::ranges::all_of(
            word.substr(kPrefix.size()), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool ShareOne(const std::set<std::string>& one, const std::set<std::string>& other)
{
    return std::ranges::any_of(one, [&](const std::string& code) { return other.contains(code); });
}

} // namespace

void StatedCodes::Add(std::string_view code)
{
    const std::string folded = FoldForComparing(code);
    const auto value = ParseErrorNumber(folded);
    if (value && IsOfTheAgent(*value))
    {
        m_codes[kOfTheAgent].insert(std::to_string(*value));
    }
    else if (value && IsHttpStatus(*value))
    {
        m_codes[kHttpStatus].insert(std::to_string(*value));
    }
    else if (IsSignInCode(folded))
    {
        m_codes[kSignIn].insert(folded);
    }
}

void StatedCodes::AddFrom(std::string_view text)
{
    const std::string folded = FoldForComparing(text);
    for (const NumberInText& number : NumbersIn(folded))
    {
        if (number.bracketed || (number.named && !IsHttpStatus(number.value)))
        {
            Add(std::to_string(number.value));
        }
    }
    for (const std::string_view word : WordsOf(folded))
    {
        if (IsSignInCode(word))
        {
            Add(word);
        }
    }
}

bool StatedCodes::Contradict(const StatedCodes& other) const
{
    for (std::size_t kind = 0; kind < kKinds; ++kind)
    {
        const auto& mine = m_codes[kind];
        const auto& others = other.m_codes[kind];
        if (!mine.empty() && !others.empty() && !ShareOne(mine, others))
        {
            return true;
        }
    }
    return false;
}

} // namespace mars
