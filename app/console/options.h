// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "knowledge.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mars
{

enum class Command
{
    kRun,
    kList,
    kExplain,
    kRepair,
    kUndo,
    kCapture,
    kMerge,
    kPlan,
    kHelp,
    kVersion,
};

enum class OutputFormat
{
    kText,
    kJson,
    kHtml,
    kMarkdown,
};
template <>
struct EnumWords<OutputFormat>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("text"), std::string_view("json"), std::string_view("html"),
            std::string_view("markdown")};
    }
};

/// What was given on the command line; the rest comes from the recording, if one is read.
struct GivenOptions
{
    std::string credentials;
    std::optional<Cloud> cloud;
    bool offline = false;
    std::optional<std::uint64_t> dataBytes;
    bool offlineSeeding = false;
    /// "HOST:PORT" or "none"; empty: not said.
    std::string agentProxy;
};

struct ConsoleOptions
{
    Command command = Command::kHelp;
    OutputFormat format = OutputFormat::kText;
    std::optional<Language> language;
    GivenOptions given;
    /// A recording; empty: this computer.
    std::string machine;
    /// Empty: stdout.
    std::string out;
    std::chrono::milliseconds timeout{};

    /// run
    std::vector<std::string> sections;
    std::vector<std::string> checks;
    std::optional<std::string> symptom;

    /// explain: what the server itself wrote down, instead of a text
    bool records = false;

    /// explain: the text; repair and undo: an id, step code or journal entry.
    std::string subject;

    /// repair and undo
    bool yes = false;
    std::string choice;
    bool evenIfBusyUnknown = false;
    /// Empty: none.
    std::string from;
    bool all = false;
    /// undo: instead, take the person's own access to the journal's folder away again.
    bool closeFolder = false;

    /// capture
    bool redact = true;

    /// merge: results of `run --format json`; a name may have wildcards.
    std::vector<std::string> files;

    /// plan: ids or step codes in their order, and "ID=TEXT" for those with a note.
    std::vector<std::string> steps;
    std::vector<std::string> notes;
    /// run: a plan whose checks are run; empty: none.
    std::string plan;
};

/// Why the arguments are no command: a text of interface.xml (`usage.<id>`) and what goes into it.
struct UsageFault
{
    std::string text;
    Facts facts;
};

/// Arguments without the program's name.
std::variant<ConsoleOptions, UsageFault> ParseConsoleOptions(const std::vector<std::string>& arguments);

/// The language that the arguments ask for, also when the rest of them is wrong.
std::optional<Language> LanguageIn(const std::vector<std::string>& arguments);

} // namespace mars
