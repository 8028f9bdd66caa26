// SPDX-License-Identifier: MIT
#include "console.h"

#include "commands.h"
#include "reading.h"
#include "version.h"

#include <fmt/format.h>

#include <ostream>

namespace mars
{

namespace
{

int Dispatch(const ConsoleOptions& options, const Console& console)
{
    switch (options.command)
    {
    case Command::kRun:
        return RunCommand(options, console);
    case Command::kList:
        return ListCommand(options, console);
    case Command::kExplain:
        return ExplainCommand(options, console);
    case Command::kRepair:
        return RepairCommand(options, console);
    case Command::kUndo:
        return UndoCommand(options, console);
    case Command::kCapture:
        return CaptureCommand(options, console);
    case Command::kMerge:
        return MergeCommand(options, console);
    case Command::kPlan:
        return PlanCommand(options, console);
    case Command::kHelp:
        console.out << HelpText(console.knowledge, console.language);
        return exit_code::kGood;
    case Command::kVersion:
        console.out << "mars-check " << kToolVersion << '\n';
        return exit_code::kGood;
    }
    return exit_code::kWrongUsage;
}

int DispatchGuarded(const ConsoleOptions& options, const Console& console)
{
    try
    {
        return Dispatch(options, console);
    }
    catch (const std::exception& error)
    {
        return console.Refuse("console.internal_error", {{"message", std::string(error.what())}});
    }
}

} // namespace

void Console::Tell(std::string_view message) const
{
    err << "mars-check: " << ForReading(message) << '\n';
}

int Console::Refuse(std::string_view textId, const Facts& facts) const
{
    Tell(Text(textId, facts));
    return exit_code::kWrongUsage;
}

bool Console::Deliver(const std::string& output, const std::string& file) const
{
    if (file.empty())
    {
        out << output;
        return true;
    }
    const Status written = host.WriteFile(file, output);
    if (!written)
    {
        Refuse("console.cannot_write",
            {{"file", file}, {"why", knowledge.ExplainCode(written.Error().code, language)}});
    }
    return written.Ok();
}

int RunConsole(std::vector<std::string> arguments, ConsoleMachine& host, std::ostream& out, std::ostream& err)
{
    const Language language = LanguageIn(arguments).value_or(host.SystemLanguage());
    const Console console{host, BuiltInKnowledge(), language, out, err};
    const auto parsed = ParseConsoleOptions(arguments);
    if (const auto* fault = std::get_if<UsageFault>(&parsed))
    {
        console.Refuse("usage." + fault->text, fault->facts);
        console.Tell(console.Text("usage.see_help"));
        return exit_code::kWrongUsage;
    }
    return DispatchGuarded(std::get<ConsoleOptions>(parsed), console);
}

} // namespace mars
