// SPDX-License-Identifier: MIT
#include "task_trigger_form.h"

#include "text.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace mars
{

namespace
{

struct Default
{
    std::string_view member;
    std::string_view value;
};
/// As the schema has them; an empty Repetition repeats nothing.
constexpr std::array kDefaults{
    Default{"StopAtDurationEnd", "false"},
    Default{"DaysInterval", "1"},
    Default{"WeeksInterval", "1"},
    Default{"Delay", "0s"},
    Default{"RandomDelay", "0s"},
    Default{"Repetition", ""},
};

constexpr std::array kTimes{std::string_view("StartBoundary"), std::string_view("EndBoundary")};
constexpr std::array kSpans{std::string_view("Interval"), std::string_view("Duration"),
    std::string_view("ExecutionTimeLimit"), std::string_view("Delay"), std::string_view("RandomDelay")};

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names)
{
    return std::ranges::find(names, name) != names.end();
}

/// Whole seconds, and "Z" for no distance from UTC.
std::string TimeForm(std::string_view text)
{
    std::string time(text);
    if (const std::size_t dot = time.find('.'); dot != std::string::npos)
    {
        const std::size_t end = time.find_first_not_of("0123456789", dot + 1);
        time.erase(dot, end == std::string::npos ? end : end - dot);
    }
    for (const std::string_view zone : {"+00:00", "-00:00"})
    {
        if (time.ends_with(zone))
        {
            time.replace(time.size() - zone.size(), zone.size(), "Z");
        }
    }
    return time;
}

/// Days and less in seconds; nothing for months and years, which have no fixed length, and for what is no
/// span.
std::optional<std::int64_t> SecondsOf(std::string_view span)
{
    if (!span.starts_with('P') || span.size() < 3)
    {
        return std::nullopt;
    }
    span.remove_prefix(1);
    std::int64_t seconds = 0;
    bool time = false;
    while (!span.empty())
    {
        if (span.front() == 'T')
        {
            time = true;
            span.remove_prefix(1);
            continue;
        }
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(span.data(), span.data() + span.size(), number);
        if (error != std::errc() || end == span.data() + span.size())
        {
            return std::nullopt;
        }
        const std::int64_t unit = time ? (*end == 'H'   ? 3600
                                          : *end == 'M' ? 60
                                          : *end == 'S' ? 1
                                                        : 0)
                                       : (*end == 'D' ? 86'400 : 0);
        if (unit == 0)
        {
            return std::nullopt;
        }
        seconds += number * unit;
        span.remove_prefix(static_cast<std::size_t>(end - span.data()) + 1);
    }
    return seconds;
}

std::string ValueForm(std::string_view member, std::string_view text)
{
    if (IsOneOf(member, kTimes))
    {
        return TimeForm(text);
    }
    if (IsOneOf(member, kSpans))
    {
        const auto seconds = SecondsOf(text);
        return seconds ? fmt::format("{}s", *seconds) : std::string(text);
    }
    const bool flag = member == "StopAtDurationEnd";
    return flag && text == "0" ? "false" : flag && text == "1" ? "true" : std::string(text);
}

/// With lengths before what may hold anything, so that no text can look like another element.
std::string Form(const pugi::xml_node& element, bool outermost)
{
    std::vector<std::string> parts;
    for (const pugi::xml_attribute attribute : element.attributes())
    {
        const std::string_view value = attribute.value();
        parts.push_back(fmt::format("@{}={}:{}", attribute.name(), value.size(), value));
    }
    std::string text;
    for (const pugi::xml_node child : element.children())
    {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
        {
            text += child.value();
        }
        else if (child.type() == pugi::node_element
            && !(outermost && std::string_view(child.name()) == "Enabled"))
        {
            parts.push_back(Form(child, false));
        }
    }
    std::erase(parts, std::string());
    std::ranges::sort(parts);
    const std::string_view name = element.name();
    const std::string value = ValueForm(name, Trim(text));
    const bool isDefault = !outermost && parts.empty()
        && std::ranges::any_of(
            kDefaults, [&](const Default& known) { return known.member == name && known.value == value; });
    return isDefault ? std::string()
                     : fmt::format("{}({}:{}{})", name, value.size(), value, fmt::join(parts, ","));
}

} // namespace

std::string TriggerForm(const pugi::xml_node& trigger)
{
    return Form(trigger, true);
}

} // namespace mars
