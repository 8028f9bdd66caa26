// SPDX-License-Identifier: MIT
#include "fleet.h"

#include "json.h"
#include "print_json.h"
#include "utf16.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace mars
{

namespace
{

using Json = nlohmann::ordered_json;

// ---- Reading

/// Windows PowerShell writes UTF-16 with a mark, newer ones UTF-8 with or without one.
std::string DecodeText(std::string_view bytes)
{
    constexpr std::string_view kUtf16Mark = "\xFF\xFE";
    constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kUtf16Mark))
    {
        return ToValidUtf8(ToWtf8(Utf16Units(std::span(bytes.substr(kUtf16Mark.size())))));
    }
    bytes.remove_prefix(bytes.starts_with(kUtf8Mark) ? kUtf8Mark.size() : 0);
    return ToValidUtf8(bytes);
}

/// Empty for what is no text.
std::string TextIn(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool IsResult(const Json& object)
{
    if (!object.is_object() || !object.contains("checks") || !object.contains("machine"))
    {
        return false;
    }
    return object.value("schema", Json()) == Json(kJsonSchema) && object["checks"].is_array()
        && object["machine"].is_object() && FromIso8601(TextIn(object, "started"));
}

/// What cannot be understood, from a newer version or a forger, is no good news: it was not checked.
void AddCheck(const Json& check, FleetServer& server)
{
    const std::string id = check.is_object() ? TextIn(check, "id") : std::string();
    OutcomeKind kind{};
    Level level{};
    const bool isKnown = !id.empty() && FromWord(TextIn(check, "outcome"), kind)
        && (kind != OutcomeKind::kProblem || FromWord(TextIn(check, "level"), level));
    if (!isKnown || kind == OutcomeKind::kCouldNotCheck)
    {
        ++server.couldNotCheck;
    }
    else if (kind == OutcomeKind::kProblem && level != Level::kAdvice)
    {
        (level == Level::kError ? server.errors : server.warnings).push_back(id);
    }
}

std::optional<FleetServer> ReadServer(const Json& object, const std::string& file)
{
    if (!IsResult(object))
    {
        return std::nullopt;
    }
    const Json& machine = object["machine"];
    FleetServer server;
    server.name = TextIn(machine, "name");
    server.name = server.name.empty() ? ToValidUtf8(file) : server.name;
    server.windows = TextIn(machine, "windows");
    server.agentVersion = TextIn(machine, "agent_version");
    server.when = *FromIso8601(TextIn(object, "started"));
    for (const Json& check : object["checks"])
    {
        AddCheck(check, server);
    }
    return server;
}

/// Each JSON value of a piece of text; nothing for the rest of a piece that is damaged.
template <class Visitor>
void ForEachValueOf(const std::string& piece, Visitor visit)
{
    std::istringstream stream(piece);
    while (!(stream >> std::ws).eof())
    {
        Json value;
        try
        {
            stream >> value;
        }
        catch (const Json::exception&)
        {
            visit(Json());
            return;
        }
        visit(value);
    }
}

/// The same for a text of many results. Each begins at the beginning of a line, and nothing else does with
/// that sign, however it is laid out: so one that is damaged takes no other one with it.
template <class Visitor>
void ForEachValue(const std::string& text, Visitor visit)
{
    constexpr std::string_view kBeginning = "\n{";
    for (std::size_t at = 0; at < text.size();)
    {
        const std::size_t end = std::min(text.find(kBeginning, at), text.size());
        ForEachValueOf(text.substr(at, end - at), visit);
        at = end + 1;
    }
}

} // namespace

void Fleet::Add(const std::string& file, std::string_view bytes)
{
    const std::string text = DecodeText(bytes);
    std::size_t results = 0;
    ForEachValue(text, [&](const Json& value) {
        ++results;
        auto server = ReadServer(value, file);
        if (!server)
        {
            AddFault({file, code::kInvalidData});
            return;
        }
        const std::string key = FoldCase(server->name);
        const auto [known, isNew] = servers.try_emplace(key, *server);
        replaced += isNew ? 0 : 1;
        if (!isNew && known->second.when < server->when)
        {
            known->second = std::move(*server);
        }
    });
    if (results == 0)
    {
        AddFault({file, code::kInvalidData});
    }
}

void Fleet::AddFault(FleetFault fault)
{
    const auto sameFile = std::ranges::count(faults, fault.file, &FleetFault::file);
    if (static_cast<std::size_t>(sameFile) < kMostFaultsOfFile)
    {
        faults.push_back(std::move(fault));
    }
    else
    {
        ++furtherFaults;
    }
}

std::size_t Fleet::WithProblems() const
{
    return static_cast<std::size_t>(std::ranges::count_if(servers,
        [](const auto& entry) { return !entry.second.errors.empty() || !entry.second.warnings.empty(); }));
}

std::size_t Fleet::WithGaps() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(servers, [](const auto& entry) { return entry.second.couldNotCheck > 0; }));
}

std::vector<FleetCause> CausesOf(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    std::map<std::string, std::vector<std::string>> servers;
    for (const auto& [key, server] : fleet.servers)
    {
        for (const auto* ids : {&server.errors, &server.warnings})
        {
            for (const std::string& id : *ids)
            {
                servers[id].push_back(server.name);
            }
        }
    }
    std::vector<FleetCause> list;
    for (auto& [id, names] : servers)
    {
        const auto known = std::ranges::find(causes, id, &RootCause::id);
        const bool isKnown = known != causes.end();
        list.push_back({id, isKnown ? std::string((*known)->code) : std::string(),
            isKnown ? knowledge.Title(id, language) : id, std::move(names)});
    }
    std::ranges::stable_sort(
        list, std::greater<>(), [](const FleetCause& cause) { return cause.servers.size(); });
    return list;
}

std::vector<const FleetServer*> SortedServers(const Fleet& fleet)
{
    std::vector<const FleetServer*> servers;
    for (const auto& [key, server] : fleet.servers)
    {
        servers.push_back(&server);
    }
    std::ranges::stable_sort(servers, std::greater<>(), [](const FleetServer* server) {
        return std::tuple(server->errors.size(), server->warnings.size(), server->couldNotCheck);
    });
    return servers;
}

std::string FleetJson(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    Json object{{"schema", kJsonSchema}, {"servers", Json::array()}, {"causes", Json::array()},
        {"unread", Json::array()}, {"replaced", fleet.replaced}};
    for (const FleetServer* server : SortedServers(fleet))
    {
        object["servers"].push_back(
            {{"name", server->name}, {"windows", server->windows}, {"agent_version", server->agentVersion},
                {"when", ToIso8601(server->when)}, {"errors", server->errors}, {"warnings", server->warnings},
                {"could_not_check", server->couldNotCheck}});
    }
    for (const FleetCause& cause : CausesOf(fleet, causes, knowledge, language))
    {
        Json entry{{"id", cause.id}};
        if (!cause.code.empty())
        {
            entry["code"] = cause.code;
        }
        entry["servers"] = cause.servers;
        object["causes"].push_back(std::move(entry));
    }
    for (const FleetFault& fault : fleet.faults)
    {
        object["unread"].push_back({{"file", ToValidUtf8(fault.file)},
            {"error", {{"code", fault.code}, {"text", knowledge.ExplainCode(fault.code, language)}}}});
    }
    if (fleet.furtherFaults > 0)
    {
        object["further_unread"] = fleet.furtherFaults;
    }
    return PrintJson(object);
}

} // namespace mars
