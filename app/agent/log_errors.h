// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// A documented error as the agent writes it into its log: a number, or a name or piece of text.
struct LogError
{
    /// 0 where the error has only a text.
    std::uint32_t number = 0;
    std::string text;
    /// The page that deals with it.
    std::string section;
    Level level = Level::kError;
    /// The same text as a Windows in another language prints it.
    std::vector<std::string> spellings{};
    /// The id in errors.xml, where the number or the text is none of the error's own there.
    std::string known{};
    /// Nothing but the agent's console writes it.
    bool ofConsole = false;

    /// "100034 (0x186C2)", or the text.
    std::string Name() const;
    /// What to look for in a log: all spellings of a number or of a text.
    std::vector<std::string> Patterns() const;
    /// True where `message` has the number or the text as a word of its own; a decimal number has to be
    /// called an error.
    bool IsIn(std::string_view message) const;
};

/// Nothing when the text is no such table.
std::optional<std::vector<LogError>> ParseLogErrors(std::string_view xml);

/// The table that is part of the program: knowledge/log_errors.xml.
const std::vector<LogError>& LogErrors();

/// The patterns of all of them, for one look at the log.
std::vector<std::string> LogErrorPatterns();

} // namespace mars
