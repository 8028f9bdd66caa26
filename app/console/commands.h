// SPDX-License-Identifier: MIT
#pragma once

#include "console.h"
#include "options.h"

#include <iosfwd>
#include <string_view>

namespace mars
{

/// What every command works with.
struct Console
{
    ConsoleMachine& host;
    const Knowledge& knowledge;
    Language language = Language::kEnglish;
    std::ostream& out;
    std::ostream& err;

    std::string Text(std::string_view id, const Facts& facts = {}) const
    {
        return knowledge.Text(id, language, facts);
    }
    /// A line for the person, on stderr.
    void Tell(std::string_view message) const;
    /// Tells why the command is not carried out; returns exit_code::kWrongUsage.
    int Refuse(std::string_view textId, const Facts& facts = {}) const;
    /// The command's output: to stdout, or to `file` where one is named. False when that could not be
    /// written; the person was told then.
    bool Deliver(const std::string& output, const std::string& file) const;
};

// One function a command. Each writes to stdout only when it has its whole output, and returns the exit code.
int RunCommand(const ConsoleOptions& options, const Console& console);
int ListCommand(const ConsoleOptions& options, const Console& console);
int ExplainCommand(const ConsoleOptions& options, const Console& console);
int RepairCommand(const ConsoleOptions& options, const Console& console);
int UndoCommand(const ConsoleOptions& options, const Console& console);
int CaptureCommand(const ConsoleOptions& options, const Console& console);
int MergeCommand(const ConsoleOptions& options, const Console& console);
int PlanCommand(const ConsoleOptions& options, const Console& console);

/// The text of --help.
std::string HelpText(const Knowledge& knowledge, Language language);

} // namespace mars
