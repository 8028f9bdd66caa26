// SPDX-License-Identifier: MIT
#include "commands.h"
#include "option_table.h"
#include "version.h"
#include "wrap.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace mars
{

namespace
{

constexpr std::size_t kUsageColumn = 20;

/// "--section ID", "--offline", "ID".
std::string Typed(const OptionSpec& option)
{
    return option.value.empty() ? std::string(option.name) : fmt::format("{} {}", option.name, option.value);
}

/// As it stands in the usage of a command: in brackets where it may be left out.
std::string InUsage(const OptionSpec& option, bool isRequired)
{
    const std::string typed = isRequired ? Typed(option) : fmt::format("[{}]", Typed(option));
    return option.IsRepeated() ? typed + "..." : typed;
}

/// Lines of at most 79 characters in which nothing in brackets is torn apart.
std::string Lines(std::string_view first, const std::vector<std::string>& parts)
{
    constexpr std::size_t kWidth = 79;
    std::string text(first);
    std::size_t column = first.size();
    for (const std::string& part : parts)
    {
        if (column > kUsageColumn && column + 1 + part.size() > kWidth)
        {
            text += "\n" + std::string(kUsageColumn - 1, ' ');
            column = kUsageColumn - 1;
        }
        text += " " + part;
        column += 1 + part.size();
    }
    return text + "\n";
}

std::vector<std::string> PartsOf(OptionGroup group)
{
    std::vector<std::string> parts;
    for (const OptionSpec& option : ConsoleOptionTable())
    {
        if (option.group == group)
        {
            parts.push_back(InUsage(option, false));
        }
    }
    return parts;
}

/// The same in every language: what is typed.
std::string Usage()
{
    std::string text;
    for (const CommandSpec& command : ConsoleCommands())
    {
        // What has to be typed comes first.
        std::vector<std::string> parts;
        std::vector<std::string> mayBeLeftOut;
        bool asksWhatIsGiven = false;
        for (const OptionSpec& option : ConsoleOptionTable())
        {
            if (option.IsOf(command.command) && option.group == OptionGroup::kOwn)
            {
                const bool isRequired = option.IsRequiredBy(command.command);
                (isRequired ? parts : mayBeLeftOut).push_back(InUsage(option, isRequired));
            }
            asksWhatIsGiven =
                asksWhatIsGiven || (option.IsOf(command.command) && option.group == OptionGroup::kGiven);
        }
        std::ranges::move(mayBeLeftOut, std::back_inserter(parts));
        if (asksWhatIsGiven)
        {
            parts.emplace_back("[GIVEN]");
        }
        text +=
            Lines(fmt::format("{:<{}}", fmt::format("mars-check {}", command.word), kUsageColumn - 1), parts);
    }
    return text + "\n" + Lines("GIVEN:", PartsOf(OptionGroup::kGiven))
        + Lines("mars-check ...     ", PartsOf(OptionGroup::kCommon));
}

struct Described
{
    std::string what;
    std::string textId;
};

std::vector<Described> DescribedCommands()
{
    std::vector<Described> rows;
    for (const CommandSpec& command : ConsoleCommands())
    {
        rows.push_back({std::string(command.word), std::string(command.helpId)});
    }
    return rows;
}

std::vector<Described> DescribedOptions()
{
    std::vector<Described> rows;
    for (const OptionSpec& option : ConsoleOptionTable())
    {
        if (!option.helpId.empty())
        {
            rows.push_back({Typed(option), std::string(option.helpId)});
        }
    }
    return rows;
}

const std::vector<Described> kExitCodes{
    {"0", "help.exit_0"}, {"1", "help.exit_1"}, {"2", "help.exit_2"}, {"3", "help.exit_3"}};

/// What is longer than the column has its text below it.
std::string Table(
    const std::vector<Described>& rows, std::size_t width, const Knowledge& knowledge, Language language)
{
    std::string text;
    for (const Described& row : rows)
    {
        const bool fits = row.what.size() <= width;
        text += fits ? "" : fmt::format("  {}\n", row.what);
        text += Wrap(knowledge.Text(row.textId, language),
            fmt::format("  {:<{}}  ", fits ? row.what : std::string(), width));
    }
    return text;
}

} // namespace

std::string HelpText(const Knowledge& knowledge, Language language)
{
    return fmt::format("mars-check {}\n{}\n{}\n{}\n{}\n{}\n{}", kToolVersion,
        Wrap(knowledge.Text("help.purpose", language)), Usage(),
        Table(DescribedCommands(), 7, knowledge, language),
        Table(DescribedOptions(), 22, knowledge, language), Wrap(knowledge.Text("help.exit_codes", language)),
        Table(kExitCodes, 1, knowledge, language));
}

} // namespace mars
