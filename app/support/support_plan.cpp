// SPDX-License-Identifier: MIT
#include "support_plan.h"

#include "steering_characters.h"
#include "xml_guard.h"
#include "xml_print.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace mars
{
namespace
{

constexpr int kDeepest = 4;
constexpr std::size_t kMostSteps = 200;

Failure NoPlan(std::string_view why)
{
    return {code::kInvalidData, fmt::format("support plan: {}", why)};
}

/// Attributes of these names, each at most once: the parser takes repeated ones, other readers do not.
template <std::size_t count>
bool HasOnly(const pugi::xml_node& node, std::array<std::string_view, count> names)
{
    return std::ranges::all_of(node.attributes(), [&](const pugi::xml_attribute& attribute) {
        const auto name = std::ranges::find(names, attribute.name());
        if (name == names.end())
        {
            return false;
        }
        *name = {};
        return true;
    });
}

bool IsText(const pugi::xml_node& node)
{
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

bool IsNote(const pugi::xml_node& node)
{
    return node.name() == std::string_view("note") && node.first_attribute().empty()
        && std::ranges::all_of(node.children(), IsText);
}

/// Not more than `most` bytes, and never half a character.
std::string_view CutText(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
    {
        return text;
    }
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
    {
        --most;
    }
    return text.substr(0, most);
}

/// What a file can hold: valid text that steers no screen.
std::string CleanNote(std::string_view note)
{
    std::u16string units = ToUtf16(note);
    std::erase_if(units, [](char16_t unit) { return SteersText(unit) && unit != u'\n' && unit != u'\t'; });
    const std::string clean = ToValidUtf8(ToWtf8(units));
    // What is cut may end behind a blank.
    return std::string(Trim(CutText(Trim(clean), kLongestNote)));
}

/// All of a note, which may be in several pieces.
std::string TextOf(const pugi::xml_node& note)
{
    std::string text;
    for (const pugi::xml_node piece : note.children())
    {
        text += piece.value();
    }
    return text;
}

Answer<SupportStep> ReadStep(const pugi::xml_node& node, std::span<const RootCause* const> causes)
{
    constexpr std::array<std::string_view, 1> kAttributes{"id"};
    const pugi::xml_node note = node.child("note");
    const bool simple = std::ranges::all_of(node.children(), [&](const pugi::xml_node& child) {
        return (child == note && IsNote(note)) || (IsText(child) && Trim(child.value()).empty());
    });
    if (node.name() != std::string_view("step") || !HasOnly(node, kAttributes) || !simple)
    {
        return NoPlan(fmt::format("<{}> holds more than an id and a note", node.name()));
    }
    const std::string_view id = node.attribute("id").value();
    const auto cause = std::ranges::find(causes, id, &RootCause::id);
    if (cause == causes.end())
    {
        // A row that this version does not have is one of a newer version.
        return Failure{id.empty() ? code::kInvalidData : code::kNewerFormat,
            fmt::format("support plan: there is no check \"{}\"", id)};
    }
    const std::string text = TextOf(note);
    if (text.size() > kLongestNote)
    {
        return NoPlan(fmt::format("the note of {} is too long", id));
    }
    return SupportStep{*cause, CleanNote(text)};
}

Answer<SupportPlan> ReadPlan(const pugi::xml_node& root, std::span<const RootCause* const> causes)
{
    constexpr std::array<std::string_view, 3> kAttributes{"schema", "tool", "made"};
    const int schema = root.attribute("schema").as_int();
    if (root.name() != std::string_view("support_plan") || root.next_sibling() || schema < 1)
    {
        return NoPlan("not a plan");
    }
    if (schema > kSupportPlanSchema)
    {
        return Failure{
            code::kNewerFormat, fmt::format("support plan: schema {} is newer than this program", schema)};
    }
    const auto made = FromIso8601(root.attribute("made").value());
    if (!HasOnly(root, kAttributes) || !made)
    {
        return NoPlan("its first line is damaged");
    }
    SupportPlan plan{*made, root.attribute("tool").value(), {}};
    for (const pugi::xml_node node : root.children())
    {
        auto step = ReadStep(node, causes);
        if (!step)
        {
            return step.Error();
        }
        plan.steps.push_back(std::move(*step));
    }
    return plan.steps.empty() || plan.steps.size() > kMostSteps
        ? Answer<SupportPlan>(NoPlan("it has no steps, or far too many"))
        : plan;
}

} // namespace

Answer<SupportPlan> ParseSupportPlan(std::string_view bytes, std::span<const RootCause* const> causes)
{
    pugi::xml_document document;
    const Status parsed = ParseGuarded(bytes, kLongestSupportPlan, kDeepest, document);
    return parsed ? ReadPlan(document.document_element(), causes) : NoPlan(parsed.Error().what);
}

std::string FormatSupportPlan(const SupportPlan& plan)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("support_plan");
    root.append_attribute("schema").set_value(kSupportPlanSchema);
    root.append_attribute("tool").set_value(plan.toolVersion.c_str());
    root.append_attribute("made").set_value(ToIso8601(plan.made).c_str());
    for (const SupportStep& step : plan.steps)
    {
        pugi::xml_node node = root.append_child("step");
        node.append_attribute("id").set_value(std::string(step.cause->id).c_str());
        if (const std::string note = CleanNote(step.note); !note.empty())
        {
            node.append_child("note").text().set(note.c_str());
        }
    }
    return PrintXmlFile(document);
}

} // namespace mars
