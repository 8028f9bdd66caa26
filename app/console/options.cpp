// SPDX-License-Identifier: MIT
#include "options.h"

#include "pass.h"
#include "proxy.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

namespace mars
{

namespace
{

constexpr double kLongestTimeoutSeconds = 3600;
/// An exabyte: far more than one server has, and far from overflowing.
constexpr double kLargestDataGigabytes = 1e9;
constexpr double kGigabyte = 1024.0 * 1024 * 1024;

/// What CLI11 fills in, before it is checked.
struct RawOptions
{
    std::string format = "text";
    std::string language;
    std::string cloud;
    std::string dataSize;
    std::string timeout;
    std::string symptom;
    std::string choose;
    bool dryRun = false;
    bool list = false;
    bool noRedact = false;
};

/// The commands and options of the contract. Texts about them are in help.cpp: they are translated.
class Grammar
{
public:
    Grammar()
    {
        m_app.require_subcommand(1);
        // Pasted texts begin with a slash now and then.
        m_app.allow_windows_style_options(false);
        m_app.set_version_flag("--version", "");
        AddRun();
        AddCommand("list", Command::kList);
        AddExplain();
        AddRepair();
        AddUndo();
        AddCapture();
        AddMerge();
        AddPlan();
    }

    std::variant<ConsoleOptions, UsageFault> Parse(std::vector<std::string> arguments);

private:
    CLI::App* AddCommand(const std::string& name, Command command)
    {
        CLI::App* added = m_app.add_subcommand(name);
        added->add_option("--format", m_raw.format);
        added->add_option("--lang", m_raw.language);
        added->final_callback([this, command] { m_options.command = command; });
        return added;
    }
    void AddGiven(CLI::App* command)
    {
        command->add_option("--credentials", m_options.given.credentials);
        command->add_option("--cloud", m_raw.cloud);
        command->add_flag("--offline", m_options.given.offline);
        command->add_option("--data-size", m_raw.dataSize);
        command->add_flag("--offline-seeding", m_options.given.offlineSeeding);
        command->add_option("--agent-proxy", m_options.given.agentProxy);
    }
    static void AddRepeated(CLI::App* command, const std::string& name, std::vector<std::string>& values)
    {
        command->add_option(name, values)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    void AddRun()
    {
        CLI::App* run = AddCommand("run", Command::kRun);
        AddRepeated(run, "--section", m_options.sections);
        AddRepeated(run, "--check", m_options.checks);
        m_symptom = run->add_option("--symptom", m_raw.symptom);
        run->add_option("--plan", m_options.plan);
        run->add_option("--out", m_options.out);
        run->add_option("--timeout", m_raw.timeout);
        run->add_option("--machine", m_options.machine);
        AddGiven(run);
    }
    void AddExplain()
    {
        m_explain = AddCommand("explain", Command::kExplain);
        // A text without quotation marks arrives in pieces.
        m_explain->allow_extras();
        m_explain->add_flag("--records", m_options.records);
        m_explain->add_option("--machine", m_options.machine);
    }
    void AddRepair()
    {
        CLI::App* repair = AddCommand("repair", Command::kRepair);
        repair->add_option("ID", m_options.subject)->required();
        repair->add_flag("--dry-run", m_raw.dryRun);
        repair->add_flag("--yes", m_options.yes);
        repair->add_option("--from", m_options.from);
        repair->add_option("--choose", m_raw.choose);
        repair->add_flag("--even-if-busy-unknown", m_options.evenIfBusyUnknown);
        repair->add_option("--machine", m_options.machine);
        AddGiven(repair);
    }
    void AddUndo()
    {
        CLI::App* undo = AddCommand("undo", Command::kUndo);
        undo->add_option("ENTRY", m_options.subject);
        undo->add_flag("--all", m_options.all);
        undo->add_flag("--list", m_raw.list);
        undo->add_flag("--yes", m_options.yes);
        undo->add_flag("--close-folder", m_options.closeFolder);
        undo->add_option("--machine", m_options.machine);
    }
    void AddCapture()
    {
        CLI::App* capture = AddCommand("capture", Command::kCapture);
        capture->add_option("--out", m_options.out)->required();
        capture->add_flag("--no-redact", m_raw.noRedact);
        capture->add_option("--machine", m_options.machine);
        AddGiven(capture);
    }

    void AddMerge()
    {
        CLI::App* merge = AddCommand("merge", Command::kMerge);
        merge->add_option("FILE", m_options.files)->required();
        merge->add_option("--out", m_options.out);
    }
    void AddPlan()
    {
        CLI::App* plan = AddCommand("plan", Command::kPlan);
        plan->add_option("ID", m_options.steps)->required();
        AddRepeated(plan, "--note", m_options.notes);
        plan->add_option("--out", m_options.out);
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
    CLI::Option* m_symptom = nullptr;
    /// What stands after "--": never an option.
    std::vector<std::string> m_afterMark;
    RawOptions m_raw;
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
    if (m_symptom->count() > 0)
    {
        m_options.symptom = m_raw.symptom;
    }
    m_options.redact = !m_raw.noRedact;
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
    if (!FromWord(m_raw.format, m_options.format)
        || (!report && m_options.format != OutputFormat::kText && m_options.format != OutputFormat::kJson))
    {
        return BadValue("--format", m_raw.format);
    }
    if (!m_raw.language.empty() && !FromWord(m_raw.language, m_options.language.emplace()))
    {
        return BadValue("--lang", m_raw.language);
    }
    if (!m_raw.cloud.empty() && !FromWord(m_raw.cloud, m_options.given.cloud.emplace()))
    {
        return BadValue("--cloud", m_raw.cloud);
    }
    if (!m_raw.dataSize.empty())
    {
        const auto gigabytes = ParseAmount(m_raw.dataSize, kLargestDataGigabytes);
        if (!gigabytes)
        {
            return BadValue("--data-size", m_raw.dataSize);
        }
        m_options.given.dataBytes = static_cast<std::uint64_t>(std::llround(*gigabytes * kGigabyte));
    }
    if (!m_options.given.agentProxy.empty() && !IsAgentProxy(m_options.given.agentProxy))
    {
        return BadValue("--agent-proxy", m_options.given.agentProxy);
    }
    m_options.timeout = kDefaultDeadline;
    if (!m_raw.timeout.empty())
    {
        const auto seconds = ParseAmount(m_raw.timeout, kLongestTimeoutSeconds);
        if (!seconds)
        {
            return BadValue("--timeout", m_raw.timeout);
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
    m_options.choice = m_raw.choose;
    m_options.yes = m_options.yes && !m_raw.dryRun;
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
        const bool alone = !named && !m_options.all && !m_raw.list;
        return alone ? std::nullopt : std::optional(UsageFault{"undo_contradiction", {}});
    }
    if ((named && m_options.all) || (m_raw.list && m_options.yes))
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
