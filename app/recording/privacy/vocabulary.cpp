// SPDX-License-Identifier: MIT
#include "vocabulary.h"

#include "ascii.h"
#include "redaction_shapes.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

constexpr std::string_view kLeftOut = "\xE2\x80\xA6";
/// Numbers that are secrets are at least as long.
constexpr std::size_t kShortestSecret = 4;
/// How many words may stand between "PIN" and the number: "the PIN is now".
constexpr int kWordsBeforeSecret = 3;
/// Longer ones are no names that a program was given by its makers, and not worth the search.
constexpr std::size_t kLongestIdentifier = 80;

/// What stands before a secret, in the languages in which Windows and people write.
constexpr std::array<std::string_view, 14> kSecretWords{"password", "passphrase", "passwort", "kennwort",
    "pwd", "pass", "pin", "secret", "token", "contrase\xC3\xB1\x61", "clave", "senha", "passe", "credential"};

/// The beginnings of pseudonyms with a number behind: "host3".
constexpr std::array<std::string_view, 3> kNumbered{"host", "domain", "person"};

bool HasDigit(std::string_view text)
{
    return std::ranges::any_of(text, IsAsciiDigit);
}

bool IsNumber(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, IsAsciiDigit);
}

/// "0x80070005".
bool IsCode(std::string_view text)
{
    return text.size() > 2 && text.size() <= 18 && (text.starts_with("0x") || text.starts_with("0X"))
        && std::ranges::all_of(text.substr(2), IsAsciiHexDigit);
}

bool IsPseudonym(std::string_view text)
{
    return std::ranges::any_of(kNumbered,
        [&](std::string_view kind) { return text.starts_with(kind) && IsNumber(text.substr(kind.size())); });
}

std::size_t EndOf(std::string_view text, std::size_t at, bool (*belongs)(char))
{
    while (at < text.size() && belongs(text[at]))
    {
        ++at;
    }
    return at;
}

bool IsOfHost(char c)
{
    return IsAsciiAlnum(c) || c == '.' || c == '-';
}

/// Where the word at `at` ends; what was left out before is no part of it.
std::size_t EndOfWord(std::string_view text, std::size_t at)
{
    const std::size_t end = EndOf(text, at, IsWordByte);
    return std::min(end, text.substr(0, end).find(kLeftOut, at));
}

/// Not as the beginning of a longer word.
bool HasWordAt(std::string_view text, std::size_t at, std::string_view word)
{
    const std::size_t end = at + word.size();
    return !word.empty() && text.substr(at).starts_with(word)
        && (end == text.size() || !IsWordByte(word.back()) || !IsWordByte(text[end]));
}

/// The length of what is encoded at `at`, %41 or &#65;, or was left out before. 0: nothing is.
std::size_t LengthOfEncoded(std::string_view text, std::size_t at)
{
    if (text[at] != '%' && text[at] != '&' && text[at] != kLeftOut.front())
    {
        return 0;
    }
    if (text.substr(at).starts_with(kLeftOut))
    {
        return kLeftOut.size();
    }
    if (text[at] == '%' && at + 2 < text.size() && IsAsciiHexDigit(text[at + 1])
        && IsAsciiHexDigit(text[at + 2]))
    {
        return 3;
    }
    if (text.substr(at).starts_with("&#"))
    {
        const std::size_t end = EndOf(text, at + 2, IsAsciiAlnum);
        return end < text.size() && text[end] == ';' ? end + 1 - at : 0;
    }
    return 0;
}

/// What was read so far, with "…" for what is left out: once, however many words it stood for.
class Kept
{
public:
    void Keep(std::string_view text)
    {
        m_out += text;
    }
    void LeaveOut()
    {
        const std::size_t end = m_out.find_last_not_of(' ');
        const bool isBehindAnother =
            end != std::string::npos && std::string_view(m_out).substr(0, end + 1).ends_with(kLeftOut);
        if (isBehindAnother)
        {
            m_out.resize(end + 1);
        }
        else
        {
            m_out += kLeftOut;
        }
    }
    std::string Take()
    {
        return std::move(m_out);
    }

private:
    std::string m_out;
};

} // namespace

void Vocabulary::Add(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();)
    {
        const std::size_t end = EndOf(text, at, IsWordByte);
        const std::string_view word = text.substr(at, end - at);
        if (word.size() > 1 && !HasDigit(word))
        {
            m_words.insert(FoldCase(word));
        }
        at = std::max(end, at + 1);
    }
}

bool Vocabulary::Knows(std::string_view word) const
{
    return m_words.contains(FoldCase(word)) || (word.size() <= kLongestIdentifier && KnowsParts(word));
}

/// Of parts that each begin with a capital letter.
bool Vocabulary::KnowsParts(std::string_view identifier) const
{
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= identifier.size(); ++i)
    {
        const bool isEnd = i == identifier.size();
        const bool begins = !isEnd && IsAsciiUpper(identifier[i])
            && (IsAsciiLower(identifier[i - 1])
                || (i + 1 < identifier.size() && IsAsciiLower(identifier[i + 1])));
        if (!isEnd && !begins)
        {
            continue;
        }
        const std::string_view part = identifier.substr(begin, i - begin);
        if (isEnd && begin == 0)
        {
            return false;
        }
        if (part.size() > 1 && !m_words.contains(FoldCase(part)))
        {
            return false;
        }
        begin = i;
    }
    return true;
}

std::string Vocabulary::Filter(std::string_view text, std::string_view kept) const
{
    Kept out;
    int wordsBeforeSecret = 0;
    for (std::size_t at = 0; at < text.size();)
    {
        if (HasWordAt(text, at, kept))
        {
            out.Keep(kept);
            at += kept.size();
            continue;
        }
        if (const std::size_t encoded = LengthOfEncoded(text, at); encoded != 0)
        {
            out.LeaveOut();
            at += encoded;
            continue;
        }
        if (!IsWordByte(text[at]))
        {
            out.Keep(text.substr(at, 1));
            ++at;
            continue;
        }
        const std::size_t endOfHost = EndOf(text, at, IsOfHost);
        const std::string_view host = text.substr(at, endOfHost - at);
        if (host.find('.') != std::string_view::npos && IsWellKnownHost(host))
        {
            out.Keep(host);
            at = endOfHost;
            continue;
        }
        const std::size_t end = EndOfWord(text, at);
        const std::string_view word = text.substr(at, end - at);
        const bool isSecret = wordsBeforeSecret > 0 && IsNumber(word) && word.size() >= kShortestSecret;
        const bool isKnown = word.size() == 1 || IsNumber(word) || IsCode(word) || IsPseudonym(word)
            || (!HasDigit(word) && Knows(word));
        if (isKnown && !isSecret)
        {
            out.Keep(word);
        }
        else
        {
            out.LeaveOut();
        }
        const bool announces = std::ranges::find(kSecretWords, FoldCase(word)) != kSecretWords.end();
        wordsBeforeSecret = announces ? kWordsBeforeSecret : std::max(wordsBeforeSecret - 1, 0);
        at = end;
    }
    return out.Take();
}

} // namespace mars
