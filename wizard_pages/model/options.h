// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "knowledge.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mars
{

/// What the wizard was started with. Everything in it was validated; ids are those of the catalogue.
struct WizardOptions
{
    std::string section;
    /// A root cause's id, also when a step code was given.
    std::string check;
    /// An error number or text, as written.
    std::string error;
    std::string symptom;
    std::string credentials;
    /// A recording to look at instead of this computer.
    std::string machine;
    /// A support plan: what somebody else asks this person to look at.
    std::string plan;
    /// The ids of such a plan, in its order, when this is the elevated copy. That copy opens no file which a
    /// user may have written, so the ids come along, each one validated, and the notes stay behind; its page
    /// says so. `plan` wins where both are given.
    std::vector<std::string> steps;
    std::optional<Language> language;
    Cloud cloud = Cloud::kPublic;
    /// As in Given.
    std::optional<std::uint64_t> dataBytes;
    bool offlineSeeding = false;
    std::string agentProxy;
    /// SID of the user whose folders and settings are evidence, when this is the elevated copy.
    std::string forUser;
    bool operator==(const WizardOptions&) const = default;
};

struct OptionsFault
{
    enum class Kind
    {
        kUnknownOption,
        kMissingValue,
        kBadValue,
    };
    Kind kind = Kind::kUnknownOption;
    std::string option;
    std::string value;
    bool operator==(const OptionsFault&) const = default;
};

/// Arguments without the program's name: "--section basics" or "--section=basics"; "--offline-seeding" alone.
std::variant<WizardOptions, OptionsFault> ParseWizardOptions(const std::vector<std::string>& arguments);

/// What the elevated copy is started with: options of the closed list only, never a text that a person
/// pasted.
std::vector<std::string> ElevatedArguments(const WizardOptions& options);

/// One command line that Windows splits into these arguments again (CommandLineToArgvW).
std::string JoinCommandLine(const std::vector<std::string>& arguments);

/// "34513" or "0x1FC07".
bool IsErrorNumber(std::string_view text);
/// "S-1-5-21-...": the shape only.
bool IsSid(std::string_view text);
/// Begins with a drive or a server, and has no character that no path can have.
bool IsAbsolutePath(std::string_view path);

} // namespace mars
