// SPDX-License-Identifier: MIT
#include "fact_text.h"

#include "calendar.h"
#include "knowledge.h"

#include <fmt/args.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mars
{

namespace
{

/// "1234567" with the language's separators.
std::string Grouped(std::uint64_t number, Language language)
{
    std::string digits = std::to_string(number);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    {
        digits.insert(static_cast<std::size_t>(at), 1, InfoOf(language).thousands);
    }
    return digits;
}

std::string FormatNumber(std::int64_t number, Language language)
{
    const std::string digits = Grouped(static_cast<std::uint64_t>(std::abs(number)), language);
    return number < 0 ? "-" + digits : digits;
}

std::string FormatSize(std::uint64_t bytes, Language language)
{
    constexpr std::array<const char*, 5> kUnits{"bytes", "KB", "MB", "GB", "TB"};
    double size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1024 && unit + 1 < kUnits.size())
    {
        size /= 1024;
        ++unit;
    }
    std::string text = unit == 0 ? std::to_string(bytes) : fmt::format("{:.1f}", size);
    std::ranges::replace(text, '.', InfoOf(language).decimal);
    return fmt::format("{} {}", text, kUnits[unit]);
}

} // namespace

std::vector<std::string> PlaceholdersOf(const std::string& text)
{
    std::vector<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1))
    {
        if (open + 1 < text.size() && text[open + 1] == '{')
        {
            ++open;
            continue;
        }
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos)
        {
            break;
        }
        names.push_back(text.substr(open + 1, close - open - 1));
    }
    return names;
}

std::string FormatFact(const Fact& fact, Language language)
{
    struct Formatter
    {
        Language language;
        std::string operator()(const std::string& text) const
        {
            return text;
        }
        std::string operator()(std::int64_t number) const
        {
            return FormatNumber(number, language);
        }
        std::string operator()(ByteCount size) const
        {
            return FormatSize(size.bytes, language);
        }
        std::string operator()(Timestamp time) const
        {
            return fmt::format("{:%Y-%m-%d %H:%M} UTC", CalendarOf(time));
        }
        std::string operator()(bool yes) const
        {
            return BuiltInKnowledge().Text(yes ? "word.yes" : "word.no", language);
        }
        std::string operator()(const std::vector<std::string>& items) const
        {
            return items.empty() ? BuiltInKnowledge().Text("word.none", language)
                                 : fmt::format("{}", fmt::join(items, ", "));
        }
        std::string operator()(const std::vector<Finding>& findings) const
        {
            std::vector<std::string> texts;
            for (const Finding& finding : findings)
            {
                texts.push_back(BuiltInKnowledge().Text("finding." + finding.token, language,
                    {{"subject", finding.subject}, {"detail", finding.detail}}));
            }
            return fmt::format("{}", fmt::join(texts, "; "));
        }
    };
    return std::visit(Formatter{language}, fact);
}

std::string FillIn(const std::string& text, const Facts& facts, Language language)
{
    std::vector<std::string> names = PlaceholdersOf(text);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const std::string& name : names)
    {
        const auto fact = facts.find(name);
        arguments.push_back(fmt::arg(name.c_str(),
            fact == facts.end() ? BuiltInKnowledge().Text("word.unknown", language)
                                : FormatFact(fact->second, language)));
    }
    try
    {
        return fmt::vformat(text, arguments);
    }
    catch (const fmt::format_error&)
    {
        // Broken braces in a text are found by the catalogue test; a screen shows the text as it stands.
        return text;
    }
}

} // namespace mars
