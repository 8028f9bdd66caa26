// SPDX-License-Identifier: MIT
#include "event_xml.h"

#include "xml_guard.h"

#include <fmt/format.h>

#include <cctype>

namespace mars
{

std::optional<EventInfo> ParseEventXml(const std::string& xml)
{
    constexpr std::size_t kLargestEvent = 1024 * 1024;
    constexpr int kDeepest = 64;
    pugi::xml_document document;
    if (!ParseGuarded(xml, kLargestEvent, kDeepest, document))
    {
        return std::nullopt;
    }
    const pugi::xml_node system = document.document_element().child("System");
    // "2026-11-24T05:30:00.1234567Z": the fraction goes.
    std::string time = system.child("TimeCreated").attribute("SystemTime").value();
    time = time.substr(0, time.find_first_of(".Z")) + "Z";
    const auto when = FromIso8601(time);
    const pugi::xml_text id = system.child("EventID").text();
    return when && id ? std::optional(EventInfo{id.as_uint(), *when}) : std::nullopt;
}

std::string EventQuery(const std::vector<std::uint32_t>& ids, const std::string& provider)
{
    std::vector<std::string> terms;
    for (const std::uint32_t id : ids)
    {
        terms.push_back(fmt::format("EventID={}", id));
    }
    std::vector<std::string> conditions;
    if (!provider.empty())
    {
        std::string capital = provider;
        capital[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capital[0])));
        conditions.push_back(fmt::format("Provider[@Name='{}' or @Name='{}']", provider, capital));
    }
    if (!terms.empty())
    {
        conditions.push_back(fmt::format("({})", fmt::join(terms, " or ")));
    }
    return conditions.empty() ? "*" : fmt::format("*[System[{}]]", fmt::join(conditions, " and "));
}

} // namespace mars
