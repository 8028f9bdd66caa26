// SPDX-License-Identifier: MIT
#include "options.h"

#include "option_table.h"
#include "pass.h"
#include "proxy.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <type_traits>

namespace mars
{

namespace
{

constexpr double kLongestTimeoutSeconds = 3600;
/// An exabyte: far more than one server has, and far from overflowing.
constexpr double kLargestDataGigabytes = 1e9;
constexpr double kGigabyte = 1024.0 * 1024 * 1024;

/// The commands and options of option_table.h, as CLI11 reads them.
class Grammar
{
public:
    Grammar()
    {
        m_app.require_subcommand(1);
        // Pasted texts begin with a slash now and then.
        m_app.allow_windows_style_options(false);
        m_app.set_version_flag("--version", "");
        for (const CommandSpec& command : ConsoleCommands())
        {
            AddCommand(command);
        }
    }

    std::variant<ConsoleOptions, UsageFault> Parse(std::vector<std::string> arguments);

private:
    void AddCommand(const CommandSpec& spec)
    {
        CLI::App* command = m_app.add_subcommand(std::string(spec.word));
        command->final_callback([this, spec] { m_options.command = spec.command; });
        for (const OptionSpec& option : ConsoleOptionTable())
        {
            if (!option.IsOf(spec.command))
            {
                continue;
            }
            if (option.target == nullptr)
            {
                // A text without quotation marks arrives in pieces.
                command->allow_extras();
                m_explain = command;
                continue;
            }
            AddOption(*command, option)->required(option.IsRequiredBy(spec.command));
        }
    }

    CLI::Option* AddOption(CLI::App& command, const OptionSpec& spec)
    {
        const std::string name(spec.name);
        return std::visit(
            [&](auto* target) -> CLI::Option* {
                using Value = std::remove_pointer_t<decltype(target)>;
                if constexpr (std::is_same_v<Value, bool>)
                {
                    return command.add_flag(name, *target);
                }
                else
                {
                    CLI::Option* option = command.add_option(name, *target);
                    // Each time one value: what follows it is something else.
                    return spec.IsRepeated() && !spec.IsInPlace()
                        ? option->allow_extra_args(false)->multi_option_policy(
                            CLI::MultiOptionPolicy::TakeAll)
                        : option;
                }
            },
            spec.target(m_options, m_typed));
    }

    UsageFault WhyNotParsed(const CLI::ParseError& error) const;
    std::optional<UsageFault> Check();
    std::optional<UsageFault> CheckValues();
    std::optional<UsageFault> CheckExplain();
    std::optional<UsageFault> CheckRepair();
    std::optional<UsageFault> CheckUndo();
    std::optional<UsageFault> CheckRecording() const;

    CLI::App m_app;
    CLI::App* m_explain = nullptr;
    /// What stands after "--": never an option.
    std::vector<std::string> m_afterMark;
    TypedOptions m_typed;
    ConsoleOptions m_options;
};

UsageFault BadValue(const std::string& option, const std::string& value)
{
    return {"bad_value", {{"option", option}, {"value", value}}};
}

/// A number above 0 and up to `largest`; nothing else.
std::optional<double> ParseAmount(const std::string& text, double largest)
{
    double amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    const bool good =
        error == std::errc() && end == text.data() + text.size() && amount > 0 && amount <= largest;
    return good ? std::optional(amount) : std::nullopt;
}

bool IsNegativeNumber(const std::string& text)
{
    return text.size() > 1 && text[0] == '-'
        && std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::variant<ConsoleOptions, UsageFault> Grammar::Parse(std::vector<std::string> arguments)
{
    // CLI11 would hand what follows "--" to the program instead of the command.
    const auto mark = std::ranges::find(arguments, "--");
    if (mark != arguments.end())
    {
        m_afterMark.assign(mark + 1, arguments.end());
        arguments.erase(mark, arguments.end());
    }
    std::ranges::reverse(arguments);
    try
    {
        m_app.parse(std::move(arguments));
    }
    catch (const CLI::CallForHelp&)
    {
        m_options.command = Command::kHelp;
        return m_options;
    }
    catch (const CLI::CallForVersion&)
    {
        m_options.command = Command::kVersion;
        return m_options;
    }
    catch (const CLI::ParseError& error)
    {
        return WhyNotParsed(error);
    }
    if (auto fault = Check())
    {
        return std::move(*fault);
    }
    return m_options;
}

UsageFault Grammar::WhyNotParsed(const CLI::ParseError& error) const
{
    const std::vector<std::string> extras = m_app.remaining(true);
    const bool noCommand = m_app.get_subcommands().empty();
    if (!extras.empty() && (noCommand || dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr))
    {
        return {"unknown_argument", {{"argument", extras.front()}}};
    }
    return noCommand ? UsageFault{"no_command", {}}
                     : UsageFault{"wrong", {{"message", std::string(error.what())}}};
}

std::optional<UsageFault> Grammar::Check()
{
    if (!m_afterMark.empty() && m_options.command != Command::kExplain)
    {
        return UsageFault{"unknown_argument", {{"argument", m_afterMark.front()}}};
    }
    if (auto fault = CheckValues())
    {
        return fault;
    }
    m_options.redact = !m_typed.noRedact;
    switch (m_options.command)
    {
    case Command::kExplain:
        return CheckExplain();
    case Command::kRepair:
        return CheckRepair();
    case Command::kUndo:
        return CheckUndo();
    case Command::kCapture:
        return CheckRecording();
    default:
        return std::nullopt;
    }
}

std::optional<UsageFault> Grammar::CheckValues()
{
    const bool report = m_options.command == Command::kRun || m_options.command == Command::kMerge;
    if (!FromWord(m_typed.format, m_options.format)
        || (!report && m_options.format != OutputFormat::kText && m_options.format != OutputFormat::kJson))
    {
        return BadValue("--format", m_typed.format);
    }
    if (!m_typed.language.empty() && !FromWord(m_typed.language, m_options.language.emplace()))
    {
        return BadValue("--lang", m_typed.language);
    }
    if (!m_typed.cloud.empty() && !FromWord(m_typed.cloud, m_options.given.cloud.emplace()))
    {
        return BadValue("--cloud", m_typed.cloud);
    }
    if (!m_typed.dataSize.empty())
    {
        const auto gigabytes = ParseAmount(m_typed.dataSize, kLargestDataGigabytes);
        if (!gigabytes)
        {
            return BadValue("--data-size", m_typed.dataSize);
        }
        m_options.given.dataBytes = static_cast<std::uint64_t>(std::llround(*gigabytes * kGigabyte));
    }
    if (!m_options.given.agentProxy.empty() && !IsAgentProxy(m_options.given.agentProxy))
    {
        return BadValue("--agent-proxy", m_options.given.agentProxy);
    }
    m_options.timeout = kDefaultDeadline;
    if (!m_typed.timeout.empty())
    {
        const auto seconds = ParseAmount(m_typed.timeout, kLongestTimeoutSeconds);
        if (!seconds)
        {
            return BadValue("--timeout", m_typed.timeout);
        }
        m_options.timeout = std::chrono::milliseconds(std::llround(*seconds * 1000));
    }
    return std::nullopt;
}

std::optional<UsageFault> Grammar::CheckExplain()
{
    std::vector<std::string> pieces = m_explain->remaining();
    for (const std::string& piece : pieces)
    {
        // Windows prints an HRESULT as a negative number too.
        if (piece.starts_with("-") && !IsNegativeNumber(piece))
        {
            return UsageFault{"unknown_argument", {{"argument", piece}}};
        }
    }
    pieces.insert(pieces.end(), m_afterMark.begin(), m_afterMark.end());
    for (const std::string& piece : pieces)
    {
        m_options.subject += (m_options.subject.empty() ? "" : " ") + piece;
    }
    if (m_options.records && !pieces.empty())
    {
        return UsageFault{"unknown_argument", {{"argument", pieces.front()}}};
    }
    if (!m_options.records && Trim(m_options.subject).empty())
    {
        return UsageFault{"explain_what", {}};
    }
    if (!m_options.records && !m_options.machine.empty())
    {
        return UsageFault{"unknown_argument", {{"argument", "--machine"}}};
    }
    return std::nullopt;
}

std::optional<UsageFault> Grammar::CheckRepair()
{
    m_options.yes = m_options.yes && !m_typed.dryRun;
    return m_options.yes ? CheckRecording() : std::nullopt;
}

std::optional<UsageFault> Grammar::CheckUndo()
{
    if (auto fault = CheckRecording())
    {
        return fault;
    }
    const bool named = !m_options.subject.empty();
    if (m_options.closeFolder)
    {
        const bool alone = !named && !m_options.all && !m_typed.list;
        return alone ? std::nullopt : std::optional(UsageFault{"undo_contradiction", {}});
    }
    if ((named && m_options.all) || (m_typed.list && m_options.yes))
    {
        return UsageFault{"undo_contradiction", {}};
    }
    if (m_options.yes && !named && !m_options.all)
    {
        return UsageFault{"undo_what", {}};
    }
    return std::nullopt;
}

std::optional<UsageFault> Grammar::CheckRecording() const
{
    return m_options.machine.empty() ? std::nullopt : std::optional(UsageFault{"recording_is_read_only", {}});
}

} // namespace

std::variant<ConsoleOptions, UsageFault> ParseConsoleOptions(const std::vector<std::string>& arguments)
{
    return Grammar().Parse(arguments);
}

std::optional<Language> LanguageIn(const std::vector<std::string>& arguments)
{
    constexpr std::string_view kOption = "--lang";
    Language language = Language::kEnglish;
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        const std::string& argument = arguments[i];
        const bool apart = argument == kOption && i + 1 < arguments.size();
        const bool joined = argument.starts_with(std::string(kOption) + "=");
        if ((apart && FromWord(arguments[i + 1], language))
            || (joined && FromWord(std::string_view(argument).substr(kOption.size() + 1), language)))
        {
            return language;
        }
    }
    return std::nullopt;
}

} // namespace mars
