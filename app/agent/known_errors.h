// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people bring along: the documented errors of knowledge/errors.xml and the symptoms of
/// knowledge/symptoms.xml, each with the root causes behind it.
namespace mars
{

struct KnownError
{
    std::string id;
    std::string section;
    /// As documented: "34513", "0x80070005".
    std::vector<std::string> numbers;
    /// "CBPOperationAborted".
    std::vector<std::string> names;
    /// What the agent, the portal or Windows says, in any language.
    std::vector<std::string> messages;
    /// Ids, the likeliest first. None: nothing on the server is wrong.
    std::vector<std::string> causes;
    /// Windows uses the number for more than backups.
    bool common = false;
    /// Ours; for LocalText.
    pugi::xml_node title;
    /// What it is and what to do, for who has no page to go to.
    pugi::xml_node meaning;

    /// In any spelling.
    bool HasNumber(std::uint32_t number) const;
};

/// A choice of the first page.
struct Symptom
{
    std::string id;
    std::string section;
    /// Other words for the same, in any language.
    std::vector<std::string> wordings;
    /// Ids, in the order in which looking at them helps soonest.
    std::vector<std::string> causes;
    /// For LocalText.
    pugi::xml_node text;
};

/// In the order of the file. They point into `knowledge`.
std::vector<KnownError> KnownErrors(const Knowledge& knowledge);
std::vector<Symptom> KnownSymptoms(const Knowledge& knowledge);
/// Case is ignored. Nothing when there is no such id.
std::optional<Symptom> FindSymptom(const Knowledge& knowledge, std::string_view id);

} // namespace mars
