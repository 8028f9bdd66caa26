// SPDX-License-Identifier: MIT
#include "text.h"

#include "calendar.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace mars
{

namespace
{

constexpr char32_t kReplacement = 0xFFFD;

void AppendCodePoint(std::string& out, char32_t c)
{
    if (c < 0x80)
    {
        out += static_cast<char>(c);
    }
    else if (c < 0x800)
    {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
    else if (c < 0x10000)
    {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
    else
    {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

struct Decoded
{
    char32_t codePoint = kReplacement;
    std::size_t length = 1;
    bool valid = false;
};

/// One code point of WTF-8 at `position`; an invalid sequence is one byte long.
Decoded DecodeAt(std::string_view text, std::size_t position)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
    {
        return {first, 1, true};
    }
    const std::size_t length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first >= 0xF5 || position + length > text.size())
    {
        return {};
    }
    char32_t c = first & (0xFF >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
    {
        if ((byte(i) & 0xC0) != 0x80)
        {
            return {};
        }
        c = (c << 6) | (byte(i) & 0x3F);
    }
    constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    if (c < kSmallest[length] || c > 0x10FFFF)
    {
        return {};
    }
    return {c, length, true};
}

constexpr bool IsSurrogate(char32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

} // namespace

std::string ToWtf8(std::u16string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        char32_t c = text[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000)
        {
            c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00);
        }
        AppendCodePoint(out, c);
    }
    return out;
}

std::u16string ToUtf16(std::string_view wtf8)
{
    std::u16string out;
    out.reserve(wtf8.size());
    for (std::size_t i = 0; i < wtf8.size();)
    {
        const Decoded decoded = DecodeAt(wtf8, i);
        i += decoded.length;
        if (decoded.codePoint < 0x10000)
        {
            out += static_cast<char16_t>(decoded.codePoint);
        }
        else
        {
            out += static_cast<char16_t>(0xD800 + ((decoded.codePoint - 0x10000) >> 10));
            out += static_cast<char16_t>(0xDC00 + ((decoded.codePoint - 0x10000) & 0x3FF));
        }
    }
    return out;
}

std::string ToValidUtf8(std::string_view wtf8)
{
    std::string out;
    out.reserve(wtf8.size());
    for (std::size_t i = 0; i < wtf8.size();)
    {
        const Decoded decoded = DecodeAt(wtf8, i);
        i += decoded.length;
        AppendCodePoint(out, IsSurrogate(decoded.codePoint) ? kReplacement : decoded.codePoint);
    }
    return out;
}

std::string FromUnknownEncoding(std::string_view bytes)
{
    if (ToValidUtf8(bytes) == bytes)
    {
        return std::string(bytes);
    }
    std::u16string units;
    for (const char c : bytes)
    {
        units += static_cast<unsigned char>(c);
    }
    return ToWtf8(units);
}

bool IsCleanXmlText(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();)
    {
        const Decoded decoded = DecodeAt(text, i);
        const char32_t c = decoded.codePoint;
        // A parser turns \r into \n and may drop it, so text that holds one does not come back unchanged.
        const bool clean = decoded.valid && !IsSurrogate(c) && (c >= 0x20 || c == '\t' || c == '\n')
            && c != 0xFFFE && c != 0xFFFF && c != 0x7F;
        if (!clean)
        {
            return false;
        }
        i += decoded.length;
    }
    return true;
}

std::string ToHex(std::span<const std::uint8_t> bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes)
    {
        fmt::format_to(std::back_inserter(out), "{:02x}", byte);
    }
    return out;
}

std::optional<Bytes> FromHex(std::string_view hex)
{
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0'
            : c >= 'a' && c <= 'f'  ? c - 'a' + 10
            : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                    : -1;
    };
    if (hex.size() % 2 != 0)
    {
        return std::nullopt;
    }
    Bytes bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2)
    {
        const int high = digit(hex[i]);
        const int low = digit(hex[i + 1]);
        if (high < 0 || low < 0)
        {
            return std::nullopt;
        }
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

namespace
{
constexpr std::string_view kBase64Letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string ToBase64(std::span<const std::uint8_t> bytes)
{
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3)
    {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16;
        group |= count > 1 ? static_cast<std::uint32_t>(bytes[i + 1]) << 8 : 0;
        group |= count > 2 ? bytes[i + 2] : 0U;
        for (std::size_t letter = 0; letter < 4; ++letter)
        {
            out += letter <= count ? kBase64Letters[(group >> (18 - 6 * letter)) & 0x3F] : '=';
        }
    }
    return out;
}

std::optional<Bytes> FromBase64(std::string_view text)
{
    Bytes bytes;
    // Also so that a secret does not stay behind in memory that was outgrown.
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    int letters = 0;
    int padding = 0;
    for (const char c : text)
    {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        {
            continue;
        }
        const std::size_t value = c == '=' ? 0 : kBase64Letters.find(c);
        if (value == std::string_view::npos || (padding > 0 && c != '='))
        {
            return std::nullopt;
        }
        padding += c == '=' ? 1 : 0;
        group = (group << 6) | static_cast<std::uint32_t>(value);
        if (++letters == 4)
        {
            if (padding > 2)
            {
                return std::nullopt;
            }
            for (int i = 0; i < 3 - padding; ++i)
            {
                bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * i)));
            }
            letters = 0;
            group = 0;
        }
    }
    if (letters != 0)
    {
        return std::nullopt;
    }
    return bytes;
}

namespace
{

char32_t FoldCodePoint(char32_t c)
{
    const bool capital = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)
        || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
    if (capital)
    {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F)
    {
        return c + 80;
    }
    // Latin Extended-A goes in pairs, the capital first; the pairs start at odd numbers from U+0139 to U+0148
    // and from U+0179 to U+017E.
    const bool oddPairs = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    const bool evenPairs =
        (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14A && c <= 0x177);
    if ((oddPairs && c % 2 == 1) || (evenPairs && c % 2 == 0))
    {
        return c + 1;
    }
    return c == 0x178 ? 0xFF : c;
}

} // namespace

std::string FoldCase(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();)
    {
        const Decoded decoded = DecodeAt(text, i);
        if (decoded.valid)
        {
            AppendCodePoint(out, FoldCodePoint(decoded.codePoint));
        }
        else
        {
            out += text[i];
        }
        i += decoded.length;
    }
    return out;
}

bool EqualsIgnoreCase(std::string_view a, std::string_view b)
{
    return FoldCase(a) == FoldCase(b);
}

bool StartsWithIgnoreCase(std::string_view text, std::string_view prefix)
{
    return FoldCase(text).starts_with(FoldCase(prefix));
}

bool EndsWithIgnoreCase(std::string_view text, std::string_view suffix)
{
    return FoldCase(text).ends_with(FoldCase(suffix));
}

std::string_view Trim(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos)
    {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string> Split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();)
    {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        parts.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

std::string ToIso8601(Timestamp time)
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", CalendarOf(time));
}

std::optional<Timestamp> FromIso8601(std::string_view text)
{
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    char zone = 0;
    const std::string copy(text);
    if (std::sscanf(
            copy.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%c", &year, &month, &day, &hour, &minute, &second, &zone)
            != 7
        || zone != 'Z' || hour > 23 || minute > 59 || second > 60 || hour < 0 || minute < 0 || second < 0)
    {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{
        std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!date.ok())
    {
        return std::nullopt;
    }
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute)
        + std::chrono::seconds(second);
}

std::string JoinPath(std::string_view folder, std::string_view name)
{
    while (folder.ends_with('\\'))
    {
        folder.remove_suffix(1);
    }
    while (name.starts_with('\\'))
    {
        name.remove_prefix(1);
    }
    return fmt::format("{}\\{}", folder, name);
}

std::string_view FileNameOf(std::string_view path)
{
    const std::size_t slash = path.find_last_of("\\/");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view FolderOf(std::string_view path)
{
    const std::size_t slash = path.find_last_of("\\/");
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

} // namespace mars
