// SPDX-License-Identifier: MIT
#include "event_xml.h"

#include "questions/events.h"
#include "utf16.h"
#include "xml_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace mars
{

namespace
{

bool ParseEvent(const std::string& xml, pugi::xml_document& document)
{
    constexpr std::size_t kLargestEvent = 1024 * 1024;
    constexpr int kDeepest = 64;
    return static_cast<bool>(ParseGuarded(xml, kLargestEvent, kDeepest, document));
}

std::optional<EventInfo> InfoOf(const pugi::xml_document& document)
{
    const pugi::xml_node system = document.document_element().child("System");
    // "2026-11-24T05:30:00.1234567Z": the fraction goes.
    std::string time = system.child("TimeCreated").attribute("SystemTime").value();
    time = time.substr(0, time.find_first_of(".Z")) + "Z";
    const auto when = FromIso8601(time);
    const pugi::xml_text id = system.child("EventID").text();
    return when && id ? std::optional(EventInfo{id.as_uint(), *when}) : std::nullopt;
}

/// "Application: cbengine.exe"; in Spanish Windows the first word is another one.
bool EndsWithName(std::string_view text, std::string_view name)
{
    const std::string_view line = Trim(text.substr(0, text.find_first_of("\r\n")));
    const bool ends = EndsWithIgnoreCase(line, name);
    return ends && (line.size() == name.size() || line[line.size() - name.size() - 1] == ' ');
}

/// Empty where it is no name.
std::string NameInBinary(std::string_view hex)
{
    const Bytes bytes = FromHex(hex).value_or(Bytes());
    std::u16string name;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    {
        const auto unit = Utf16Unit(bytes[i], bytes[i + 1]);
        if (unit == 0 || unit == u'/')
        {
            break;
        }
        name += unit;
    }
    return ToWtf8(name);
}

/// "c0000005" or "0xc0000005"; 0 where it is none.
std::uint32_t ExceptionOf(std::string_view text)
{
    text.remove_prefix(StartsWithIgnoreCase(text, "0x") ? 2 : 0);
    std::uint32_t code = 0;
    std::from_chars(text.data(), text.data() + text.size(), code, 16);
    return code;
}

} // namespace

std::optional<EventInfo> ParseEventXml(const std::string& xml)
{
    pugi::xml_document document;
    return ParseEvent(xml, document) ? InfoOf(document) : std::nullopt;
}

std::optional<CrashEvent> ParseCrashXml(
    const std::string& xml, const ListCrashes& question, const std::string& displayName)
{
    pugi::xml_document document;
    const auto info = ParseEvent(xml, document) ? InfoOf(document) : std::nullopt;
    if (!info)
    {
        return std::nullopt;
    }
    const pugi::xml_node content = document.document_element().child("EventData");
    std::vector<std::string> data;
    for (const pugi::xml_node one : content.children("Data"))
    {
        data.emplace_back(one.text().get());
    }
    data.resize(std::max<std::size_t>(data.size(), 7));
    CrashEvent crash{info->id, info->time};
    switch (info->id)
    {
    case 1000:
        crash.module = data[3];
        crash.exception = ExceptionOf(data[6]);
        return EqualsIgnoreCase(data[0], question.program) ? std::optional(std::move(crash)) : std::nullopt;
    case 1026:
        return EndsWithName(data[0], question.program) ? std::optional(std::move(crash)) : std::nullopt;
    case 7031:
    case 7034: {
        const std::string name = NameInBinary(content.child("Binary").text().get());
        const bool isIt = name.empty() ? !displayName.empty() && data[0] == displayName
                                       : EqualsIgnoreCase(name, question.service);
        return isIt ? std::optional(std::move(crash)) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
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
