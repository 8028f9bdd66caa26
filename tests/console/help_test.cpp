// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "option_table.h"
#include "test_support.h"
#include "text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

namespace mars::test
{

namespace
{

std::string HelpIn(Language language)
{
    FakeConsole console(HealthyServer());
    return Call(console, "--help --lang " + std::string(WordOf(language))).out;
}

/// Everything in it that is typed with two hyphens.
std::set<std::string> OptionsIn(std::string_view text)
{
    std::set<std::string> options;
    for (std::size_t at = text.find("--"); at != std::string_view::npos; at = text.find("--", at + 2))
    {
        const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
        options.insert(std::string(text.substr(at, end - at)));
    }
    return options;
}

std::set<std::string> OptionsOfTheTable()
{
    std::set<std::string> options;
    for (const OptionSpec& option : ConsoleOptionTable())
    {
        if (!option.IsInPlace())
        {
            options.insert(std::string(option.name));
        }
    }
    return options;
}

std::string Joined(const auto& words)
{
    std::string text;
    for (const std::string_view word : words)
    {
        text += (text.empty() ? "" : "|") + std::string(word);
    }
    return text;
}

std::string_view ValueOf(std::string_view name)
{
    const auto table = ConsoleOptionTable();
    return std::ranges::find(table, name, &OptionSpec::name)->value;
}

} // namespace

TEST_CASE("help: the usage and the list of options tell of every option, and of no other")
{
    const std::string help = HelpIn(Language::kEnglish);
    const std::size_t list = help.find("\n  run ");
    REQUIRE(list != std::string::npos);
    CHECK(OptionsIn(std::string_view(help).substr(0, list)) == OptionsOfTheTable());
    for (const OptionSpec& option : ConsoleOptionTable())
    {
        CAPTURE(option.name);
        CHECK(
            (option.IsInPlace() || help.find("\n  " + std::string(option.name), list) != std::string::npos));
    }
}

TEST_CASE("help: each option says something in each language")
{
    for (const LanguageInfo& info : kLanguages)
    {
        const std::string help = HelpIn(info.language);
        for (const OptionSpec& option : ConsoleOptionTable())
        {
            CAPTURE(option.name);
            CHECK((option.IsInPlace() || !option.helpId.empty()));
            const std::string said =
                option.helpId.empty() ? std::string() : BuiltInKnowledge().Text(option.helpId, info.language);
            // Its first words, which no line's end falls into.
            CHECK(help.find(said.substr(0, said.find(' '))) != std::string::npos);
        }
    }
}

TEST_CASE("help: no line is longer than a console's")
{
    for (const LanguageInfo& info : kLanguages)
    {
        for (const std::string& line : Split(HelpIn(info.language), '\n'))
        {
            const auto width = std::ranges::count_if(
                line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
            CHECK_MESSAGE(width <= 79, line);
        }
    }
}

TEST_CASE("help: values that are words are those that are accepted")
{
    CHECK(ValueOf("--cloud") == Joined(EnumWords<Cloud>::Words()));
    CHECK(ValueOf("--lang") == Joined(EnumWords<Language>::Words()));
}

} // namespace mars::test
