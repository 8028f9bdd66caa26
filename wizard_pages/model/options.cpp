// SPDX-License-Identifier: MIT
#include "model/options.h"

#include "ascii.h"
#include "catalogue.h"
#include "known_errors.h"
#include "model/answers.h"
#include "proxy.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace mars
{

namespace
{

constexpr std::size_t kLongestPath = 32'000;
constexpr std::size_t kMostSubAuthorities = 15;

bool SetSection(WizardOptions& options, const std::string& value)
{
    const Section* section = FindSection(value);
    options.section = section == nullptr ? std::string() : std::string(section->id);
    return section != nullptr;
}

bool SetCheck(WizardOptions& options, const std::string& value)
{
    const auto causes = ResolveSelector(value);
    options.check = causes.empty() ? std::string() : std::string(causes.front()->id);
    return !causes.empty();
}

bool AddStep(WizardOptions& options, const std::string& value)
{
    const RootCause* cause = FindRootCause(value);
    const bool known = cause != nullptr;
    // A plan of every root cause is the longest one; a row of it that comes twice says nothing new.
    if (known && std::ranges::find(options.steps, value) == options.steps.end())
    {
        options.steps.push_back(value);
    }
    return known;
}

bool SetText(std::string& member, const std::string& value)
{
    member = value;
    return !value.empty();
}

bool SetPath(std::string& member, const std::string& value)
{
    member = value;
    return IsAbsolutePath(value);
}

bool SetLanguage(WizardOptions& options, const std::string& value)
{
    Language language{};
    const bool known = FromWord(value, language);
    options.language = known ? std::optional(language) : std::nullopt;
    return known;
}

bool SetForUser(WizardOptions& options, const std::string& value)
{
    options.forUser = value;
    return IsSid(value);
}

bool SetDataSize(WizardOptions& options, const std::string& value)
{
    options.dataBytes = ParseDataSize(value);
    return options.dataBytes.has_value();
}

bool SetAgentProxy(WizardOptions& options, const std::string& value)
{
    options.agentProxy = value;
    return IsAgentProxy(value);
}

/// Has no value.
constexpr std::string_view kOfflineSeeding = "--offline-seeding";

struct Option
{
    std::string_view name;
    bool (*set)(WizardOptions& options, const std::string& value);
};

constexpr std::array kOptions{
    Option{"--section", SetSection},
    Option{"--check", SetCheck},
    Option{"--error", [](WizardOptions& o, const std::string& value) { return SetText(o.error, value); }},
    Option{"--symptom", [](WizardOptions& o, const std::string& value) { return SetText(o.symptom, value); }},
    Option{"--credentials",
        [](WizardOptions& o, const std::string& value) { return SetPath(o.credentials, value); }},
    // A relative path is fine in these two: a person types it, and no elevated copy gets it.
    Option{"--machine", [](WizardOptions& o, const std::string& value) { return SetText(o.machine, value); }},
    Option{"--plan", [](WizardOptions& o, const std::string& value) { return SetText(o.plan, value); }},
    Option{"--step", AddStep},
    Option{"--lang", SetLanguage},
    Option{"--cloud", [](WizardOptions& o, const std::string& value) { return FromWord(value, o.cloud); }},
    Option{"--data-size", SetDataSize},
    Option{"--agent-proxy", SetAgentProxy},
    Option{"--for-user", SetForUser},
};

void AppendQuoted(std::string& line, const std::string& argument)
{
    if (!argument.empty() && argument.find_first_of(" \t\n\v\"") == std::string::npos)
    {
        line += argument;
        return;
    }
    // Backslashes are plain characters, but for those right before a quotation mark.
    line += '"';
    std::size_t backslashes = 0;
    for (const char c : argument)
    {
        if (c == '"')
        {
            line.append(backslashes + 1, '\\');
        }
        backslashes = c == '\\' ? backslashes + 1 : 0;
        line += c;
    }
    line.append(backslashes, '\\');
    line += '"';
}

} // namespace

std::variant<WizardOptions, OptionsFault> ParseWizardOptions(const std::vector<std::string>& arguments)
{
    WizardOptions options;
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        if (arguments[i] == kOfflineSeeding)
        {
            options.offlineSeeding = true;
            continue;
        }
        const std::size_t equals = arguments[i].find('=');
        const std::string name = arguments[i].substr(0, equals);
        const auto found = std::ranges::find(kOptions, name, &Option::name);
        if (found == kOptions.end())
        {
            return OptionsFault{OptionsFault::Kind::kUnknownOption, arguments[i], {}};
        }
        const bool inNext = equals == std::string::npos;
        if (inNext && (i + 1 == arguments.size() || arguments[i + 1].starts_with("--")))
        {
            return OptionsFault{OptionsFault::Kind::kMissingValue, name, {}};
        }
        const std::string value = inNext ? arguments[++i] : arguments[i].substr(equals + 1);
        if (!found->set(options, value))
        {
            return OptionsFault{OptionsFault::Kind::kBadValue, name, value};
        }
    }
    return options;
}

std::vector<std::string> ElevatedArguments(const WizardOptions& options)
{
    std::vector<std::string> arguments;
    const auto add = [&](const char* name, const std::string& value, bool allowed) {
        if (!value.empty() && allowed)
        {
            arguments.insert(arguments.end(), {name, value});
        }
    };
    add("--section", options.section, FindSection(options.section) != nullptr);
    add("--check", options.check, FindRootCause(options.check) != nullptr);
    add("--symptom", options.symptom, FindSymptom(BuiltInKnowledge(), options.symptom).has_value());
    add("--lang", options.language ? std::string(WordOf(*options.language)) : std::string(), true);
    add("--cloud", std::string(WordOf(options.cloud)), options.cloud != Cloud::kPublic);
    add("--error", options.error, IsErrorNumber(options.error));
    add("--credentials", options.credentials, IsAbsolutePath(options.credentials));
    add("--data-size", DataSizeText(options.dataBytes), options.dataBytes.has_value());
    add("--agent-proxy", options.agentProxy, IsAgentProxy(options.agentProxy));
    if (options.offlineSeeding)
    {
        arguments.emplace_back(kOfflineSeeding);
    }
    for (const std::string& step : options.steps)
    {
        add("--step", step, FindRootCause(step) != nullptr);
    }
    add("--for-user", options.forUser, IsSid(options.forUser));
    return arguments;
}

std::string JoinCommandLine(const std::vector<std::string>& arguments)
{
    std::string line;
    for (const std::string& argument : arguments)
    {
        line += line.empty() ? "" : " ";
        AppendQuoted(line, argument);
    }
    return line;
}

bool IsErrorNumber(std::string_view text)
{
    if (StartsWithIgnoreCase(text, "0x"))
    {
        const std::string_view digits = text.substr(2);
        return !digits.empty() && digits.size() <= 8 && std::ranges::all_of(digits, IsAsciiHexDigit);
    }
    return !text.empty() && text.size() <= 10 && std::ranges::all_of(text, IsAsciiDigit);
}

bool IsSid(std::string_view text)
{
    const std::vector<std::string> parts = Split(text, '-');
    const bool shape =
        parts.size() >= 4 && parts.size() <= 3 + kMostSubAuthorities && parts[0] == "S" && parts[1] == "1";
    return shape && std::all_of(parts.begin() + 2, parts.end(), [](const std::string& part) {
        return !part.empty() && part.size() <= 15 && std::ranges::all_of(part, IsAsciiDigit);
    });
}

bool IsAbsolutePath(std::string_view path)
{
    const bool drive = path.size() > 3 && std::isalpha(static_cast<unsigned char>(path[0])) != 0
        && path[1] == ':' && path[2] == '\\';
    const bool server = path.size() > 2 && path[0] == '\\' && path[1] == '\\' && path[2] != '\\';
    const std::string_view rest = path.substr(std::min<std::size_t>(path.size(), drive ? 2 : 0));
    const auto isIllegal = [](char c) {
        return static_cast<unsigned char>(c) < 0x20
            || std::string_view("<>:\"|?*/").find(c) != std::string_view::npos;
    };
    return (drive || server) && path.size() <= kLongestPath && std::ranges::none_of(rest, isIllegal);
}

} // namespace mars
