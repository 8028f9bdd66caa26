// SPDX-License-Identifier: MIT
#pragma once

#include "options.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The commands and options of the console: what is typed, what it fills in and what is said about it. The
/// grammar, the usage and the help are made from these two tables.
namespace mars
{

/// What is typed and needs a closer look before it is an option.
struct TypedOptions
{
    std::string format = "text";
    std::string language;
    std::string cloud;
    std::string dataSize;
    std::string timeout;
    bool dryRun = false;
    bool list = false;
    bool noRedact = false;
};

/// Where a value goes: a flag, a text, one that may be empty, or a text each time it is given.
using OptionTarget =
    std::variant<bool*, std::string*, std::optional<std::string>*, std::vector<std::string>*>;

/// How an option is shown in the usage.
enum class OptionGroup
{
    kOwn,
    /// What only the person knows, for all commands that ask a computer.
    kGiven,
    /// For every command.
    kCommon,
};

struct OptionSpec
{
    /// "--section"; without hyphens: what is typed in its place, "ID".
    std::string_view name;
    /// What stands for its value in the help; empty: a flag, or typed in its place.
    std::string_view value;
    /// A text of interface.xml; empty: the command's text says it.
    std::string_view helpId;
    std::vector<Command> commands;
    /// Null: everything that is no option.
    OptionTarget (*target)(ConsoleOptions& options, TypedOptions& typed);
    OptionGroup group = OptionGroup::kOwn;
    std::vector<Command> requiredBy{};

    bool IsOf(Command command) const
    {
        return std::ranges::find(commands, command) != commands.end();
    }
    bool IsRequiredBy(Command command) const
    {
        return std::ranges::find(requiredBy, command) != requiredBy.end();
    }
    /// It may be given more than once.
    bool IsRepeated() const;
    bool IsInPlace() const
    {
        return !name.starts_with("--");
    }
};

struct CommandSpec
{
    std::string_view word;
    Command command;
    std::string_view helpId;
};

std::span<const CommandSpec> ConsoleCommands();
/// In the order of the help.
std::span<const OptionSpec> ConsoleOptionTable();

} // namespace mars
