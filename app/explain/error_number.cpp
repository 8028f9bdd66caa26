// SPDX-License-Identifier: MIT
#include "error_number.h"

#include "ascii.h"
#include "number.h"
#include "text.h"
#include "text_likeness.h"

#include <algorithm>
#include <array>
#include <string>

namespace mars
{

namespace
{

/// HRESULTs of failures begin here.
constexpr std::uint32_t kFirstFailure = 0x80000000U;

bool IsSeparator(char c)
{
    return c == ',' || c == '.';
}

/// "34,513" and "34.513" as 34513.
std::string WithoutGrouping(std::string_view text)
{
    std::string digits;
    std::size_t group = 0;
    bool grouped = false;
    for (const char c : text)
    {
        if (IsSeparator(c) && (digits.empty() || (grouped && group != 3) || group > 3))
        {
            return std::string(text);
        }
        grouped = grouped || IsSeparator(c);
        group = IsSeparator(c) ? 0 : group + 1;
        digits += IsSeparator(c) ? "" : std::string(1, c);
    }
    return grouped && group != 3 ? std::string(text) : digits;
}

template <std::size_t Count>
bool IsOneOf(std::string_view word, const std::array<std::string_view, Count>& words)
{
    return std::ranges::find(words, word) != words.end();
}

bool NamesAnError(std::string_view word)
{
    static constexpr std::array<std::string_view, 14> kNames{"id", "error", "errors", "errorcode", "code",
        "codigo", "err", "hresult", "hr", "result", "resultado", "http", "status", "estado"};
    return IsOneOf(word, kNames);
}

/// Before "id" or the number itself.
bool NamesSomethingElse(std::string_view word)
{
    static constexpr std::array<std::string_view, 30> kOthers{"event", "evento", "process", "proceso", "pid",
        "thread", "tid", "subproceso", "task", "tarea", "job", "trabajo", "session", "sesion", "port",
        "puerto", "version", "build", "compilacion", "line", "linea", "kb", "user", "usuario", "tenant",
        "device", "ticket", "case", "caso", "item"};
    return IsOneOf(word, kOthers);
}

bool IsUnit(std::string_view word)
{
    static constexpr std::array<std::string_view, 30> kUnits{"b", "kb", "mb", "gb", "tb", "kib", "mib", "gib",
        "bytes", "files", "archivos", "ficheros", "items", "elementos", "folders", "carpetas", "s", "ms",
        "sec", "seconds", "segundos", "minutes", "minutos", "hours", "horas", "days", "dias", "times",
        "veces", "of"};
    return IsOneOf(word, kUnits);
}

/// A number and what stands around it.
struct Place
{
    std::string_view text;
    std::size_t begin;
    std::size_t end;
    /// The words in front of it, the nearest first.
    std::array<std::string_view, 2> before;
    std::string_view after;

    char At(std::size_t index) const
    {
        return index < text.size() ? text[index] : ' ';
    }
    char Before(std::size_t distance) const
    {
        return At(begin - distance);
    }

    bool IsNamed() const
    {
        return NamesAnError(before[0]) && !IsNamedOtherwise();
    }

    /// "port 34513", "process id 34513".
    bool IsNamedOtherwise() const
    {
        return NamesSomethingElse(before[0]) || (before[0] == "id" && NamesSomethingElse(before[1]));
    }

    bool IsBracketed() const
    {
        return (Before(1) == '(' && At(end) == ')') || (Before(1) == '[' && At(end) == ']');
    }

    /// Of a date, a time, a version, a path, a share of something or a GUID.
    bool IsPartOfMore() const
    {
        static constexpr std::string_view kGluing = "/\\_~%@+-&";
        const char left = Before(1);
        const char right = At(end);
        const bool leftNumber = (IsSeparator(left) || left == ':') && IsAsciiDigit(Before(2));
        const bool rightNumber = (IsSeparator(right) || right == ':') && IsAsciiDigit(At(end + 1));
        const bool port = left == ':' && IsWordByte(Before(2)) && !IsNamed();
        const bool extension = right == '.' && IsWordByte(At(end + 1)) && !IsNamed();
        return leftNumber || rightNumber || port || extension || right == '%'
            || kGluing.find(left) != std::string_view::npos
            || (kGluing.find(right) != std::string_view::npos && IsWordByte(At(end + 1)));
    }
};

/// A place in a program: "cbengine.exe+0x86d1", "Fault offset: 0x0001fbe2".
bool IsOffset(const Place& place)
{
    static constexpr std::array<std::string_view, 4> kNames{
        "offset", "address", "desplazamiento", "direccion"};
    return place.Before(1) == '+' || IsOneOf(place.before[0], kNames);
}

/// "-2147024891", where the sign is no hyphen.
bool IsNegative(const Place& place)
{
    return place.Before(1) == '-' && !IsWordByte(place.Before(2)) && place.Before(2) != '-';
}

/// Takes "34.513" together, unless it goes on like a version.
std::size_t EndOfGroups(std::string_view text, std::size_t begin, std::size_t end)
{
    const auto isGroup = [&](std::size_t at) {
        return at + 3 < text.size() && IsSeparator(text[at]) && IsAsciiDigit(text[at + 1])
            && IsAsciiDigit(text[at + 2]) && IsAsciiDigit(text[at + 3])
            && (at + 4 == text.size() || !IsWordByte(text[at + 4]));
    };
    const std::size_t plain = end;
    while (end - begin <= 11 && isGroup(end))
    {
        end += 4;
    }
    const bool goesOn = end + 1 < text.size() && IsSeparator(text[end]) && IsAsciiDigit(text[end + 1]);
    return goesOn ? plain : end;
}

/// None, one, or two: "80780049" is an HRESULT too.
std::vector<NumberInText> ReadNumber(const Place& place)
{
    const std::string_view spelling = place.text.substr(place.begin, place.end - place.begin);
    const bool hex = spelling.starts_with("0x");
    const bool digits =
        std::ranges::all_of(spelling, [](char c) { return IsAsciiDigit(c) || IsSeparator(c); });
    const bool grouped = digits && spelling.find_first_of(",.") != std::string_view::npos;
    const bool named = place.IsNamed() || hex;
    if (digits && IsNegative(place))
    {
        const auto value = ParseErrorNumber("-" + std::string(spelling));
        return value && *value >= kFirstFailure ? std::vector{NumberInText{*value, true, false}}
                                                : std::vector<NumberInText>();
    }
    const bool other = !hex && (place.IsNamedOtherwise() || (!named && IsUnit(place.after)));
    const bool needsName = grouped || (!digits && !hex);
    const bool hasName = named || (place.IsBracketed() && !grouped);
    if (other || (needsName && !hasName) || (hex ? IsOffset(place) : place.IsPartOfMore()))
    {
        return {};
    }
    std::vector<NumberInText> numbers;
    if (const auto value = ParseErrorNumber(spelling))
    {
        numbers.push_back({*value, named, place.IsBracketed()});
    }
    if (const auto value = ParseNumber<std::uint32_t>(spelling, 16);
        value && digits && *value >= kFirstFailure)
    {
        numbers.push_back({*value, named, place.IsBracketed()});
    }
    return numbers;
}

} // namespace

bool IsOfTheAgent(std::uint32_t value)
{
    struct Range
    {
        std::uint32_t first;
        std::uint32_t last;
    };
    static constexpr std::array<Range, 6> kRanges{Range{34'501, 34'599}, Range{100'001, 100'299},
        Range{120'000, 120'099}, Range{130'000, 130'099}, Range{170'000, 170'099}, Range{230'000, 230'099}};
    return std::ranges::any_of(
        kRanges, [&](const Range& range) { return value >= range.first && value <= range.last; });
}

bool IsHttpStatus(std::uint32_t value)
{
    return value >= 400 && value <= 599;
}

std::optional<std::uint32_t> ParseErrorNumber(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X"))
    {
        return ParseNumber<std::uint32_t>(text.substr(2), 16);
    }
    if (text.starts_with('-'))
    {
        const auto value = ParseNumber<std::uint32_t>(text.substr(1), 10);
        return value && *value <= 0x80000000U ? std::optional(0U - *value) : std::nullopt;
    }
    if (const auto decimal = ParseNumber<std::uint32_t>(WithoutGrouping(text), 10))
    {
        return decimal;
    }
    // "86D1", as some logs write it; a word of the letters a to f alone is a word.
    const bool hasDigit = std::ranges::any_of(text, IsAsciiDigit);
    return hasDigit && text.size() >= 4 ? ParseNumber<std::uint32_t>(text, 16) : std::nullopt;
}

std::vector<NumberInText> NumbersIn(std::string_view folded)
{
    std::vector<NumberInText> numbers;
    const auto words = WordsOf(folded);
    const auto wordAt = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
    if (const auto whole = ParseErrorNumber(Trim(folded)))
    {
        numbers.push_back({*whole, true, false});
    }
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        const auto begin = static_cast<std::size_t>(words[i].data() - folded.data());
        const std::size_t end = begin + words[i].size();
        const bool digits = std::ranges::all_of(words[i], IsAsciiDigit);
        const Place place{folded, begin, digits ? EndOfGroups(folded, begin, end) : end,
            {wordAt(i - 1), wordAt(i - 2)}, wordAt(i + 1)};
        for (NumberInText number : ReadNumber(place))
        {
            number.named = number.named || words.size() == 1;
            numbers.push_back(number);
        }
    }
    return numbers;
}

} // namespace mars
