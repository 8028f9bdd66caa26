// SPDX-License-Identifier: MIT
#include "fleet.h"

#include "console_text.h"
#include "html.h"
#include "json.h"
#include "markdown.h"
#include "report_content.h"
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

// ---- What is shown

struct FleetCause
{
    std::string id;
    /// Empty: of a newer version.
    std::string code;
    std::string title;
    std::vector<std::string> servers;
};

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
                servers[id].push_back(ForReading(server.name));
            }
        }
    }
    std::vector<FleetCause> list;
    for (auto& [id, names] : servers)
    {
        const auto known = std::ranges::find(causes, id, &RootCause::id);
        const bool isKnown = known != causes.end();
        list.push_back({ForReading(id), isKnown ? std::string((*known)->code) : std::string(),
            isKnown ? knowledge.Title(id, language) : ForReading(id), std::move(names)});
    }
    std::ranges::stable_sort(
        list, std::greater<>(), [](const FleetCause& cause) { return cause.servers.size(); });
    return list;
}

/// Worst first.
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

/// One fleet in one language, as the renderers lay it out.
class Content
{
public:
    Content(const Fleet& fleet, std::span<const RootCause* const> causes, const Knowledge& knowledge,
        Language language)
        : m_fleet(fleet), m_catalogue(causes), m_knowledge(knowledge), m_language(language),
          m_causes(CausesOf(fleet, causes, knowledge, language)), m_servers(SortedServers(fleet))
    {}

    std::string Text(std::string_view id, const Facts& facts = {}) const
    {
        return m_knowledge.Text(id, m_language, facts);
    }
    const std::vector<FleetCause>& Causes() const
    {
        return m_causes;
    }
    const std::vector<const FleetServer*>& Servers() const
    {
        return m_servers;
    }

    std::vector<std::string> Totals() const
    {
        const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
        std::vector<std::string> lines{Text("fleet.totals",
            {{"servers", number(m_fleet.servers.size())}, {"problems", number(m_fleet.WithProblems())},
                {"gaps", number(m_fleet.WithGaps())}})};
        if (m_fleet.replaced > 0)
        {
            lines.push_back(Text("fleet.replaced", {{"count", number(m_fleet.replaced)}}));
        }
        return lines;
    }

    std::vector<std::string> Faults() const
    {
        std::vector<std::string> lines;
        for (const FleetFault& fault : m_fleet.faults)
        {
            lines.push_back(Text("fleet.unread",
                {{"file", ForReading(fault.file)},
                    {"why", m_knowledge.ExplainCode(fault.code, m_language)}}));
        }
        return lines;
    }

    std::string TitleOf(const FleetCause& cause) const
    {
        return cause.code.empty() ? cause.title : fmt::format("{} {}", cause.code, cause.title);
    }

    /// "S-3, B-1"
    std::string CodesOf(const std::vector<std::string>& ids) const
    {
        std::string codes;
        for (const std::string& id : ids)
        {
            const auto known = std::ranges::find(m_catalogue, id, &RootCause::id);
            codes += (codes.empty() ? "" : ", ")
                + (known == m_catalogue.end() ? ForReading(id) : std::string((*known)->code));
        }
        return codes;
    }

    std::vector<std::string> Headings() const
    {
        return {Text("fleet.server"), Text("level.error"), Text("level.warning"),
            Text("result.could_not_check"), Text("fact.agent_version"), Text("fleet.when")};
    }

    std::vector<std::string> CellsOf(const FleetServer& server) const
    {
        return {ForReading(server.name), CodesOf(server.errors), CodesOf(server.warnings),
            fmt::format("{}", server.couldNotCheck), ForReading(server.agentVersion),
            FormatFact(server.when, m_language)};
    }

private:
    const Fleet& m_fleet;
    std::span<const RootCause* const> m_catalogue;
    const Knowledge& m_knowledge;
    Language m_language;
    std::vector<FleetCause> m_causes;
    std::vector<const FleetServer*> m_servers;
};

std::string Joined(const std::vector<std::string>& names)
{
    return fmt::format("{}", fmt::join(names, ", "));
}

constexpr std::string_view kStyle = R"css(
body { font: 15px/1.5 "Segoe UI", system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 75em;
       margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; }
h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 1px solid #ccc; }
summary { cursor: pointer; padding: .2em 0; }
details p { margin: .2em 0 .8em 1.2em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th { position: sticky; top: 0; background: #fff; }
th, td { text-align: left; vertical-align: top; padding: .25em .6em; border-bottom: 1px solid #e2e2e2;
         max-width: 20em; overflow-wrap: break-word; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } tr { break-inside: avoid; } }
)css";

std::string HtmlRow(const std::vector<std::string>& cells, std::string_view tag)
{
    std::string row = "<tr>";
    for (const std::string& cell : cells)
    {
        row += fmt::format("<{0}>{1}</{0}>", tag, EscapeHtml(cell));
    }
    return row + "</tr>\n";
}

std::string MarkdownRow(const std::vector<std::string>& cells)
{
    std::string row = "|";
    for (const std::string& cell : cells)
    {
        row += fmt::format(" {} |", EscapeMarkdown(cell));
    }
    return row + "\n";
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
            faults.push_back({file, code::kInvalidData});
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
        faults.push_back({file, code::kInvalidData});
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

std::string FleetText(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    const Content content(fleet, causes, knowledge, language);
    std::string out = Wrap(content.Text("fleet.title"));
    for (const std::string& line : content.Totals())
    {
        out += Wrap(line);
    }
    for (const std::string& line : content.Faults())
    {
        out += Wrap(line, "- ");
    }
    out += "\n" + Wrap(content.Text("fleet.causes"));
    for (const FleetCause& cause : content.Causes())
    {
        out += Wrap(content.TitleOf(cause), fmt::format("{:>5}  ", cause.servers.size()));
        out += Wrap(Joined(cause.servers), "       ");
    }
    out += "\n" + Wrap(content.Text("fleet.servers"));
    for (const FleetServer* server : content.Servers())
    {
        const auto headings = content.Headings();
        const auto cells = content.CellsOf(*server);
        out += Wrap(cells[0]);
        for (std::size_t i = 1; i < cells.size(); ++i)
        {
            out += cells[i].empty() ? std::string() : Wrap(cells[i], "   " + headings[i] + ": ");
        }
    }
    return out;
}

std::string FleetHtml(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    const Content content(fleet, causes, knowledge, language);
    const std::string title = content.Text("fleet.title");
    std::string out = fmt::format("{}<h1>{}</h1>\n", HtmlHead(title, kStyle, language), EscapeHtml(title));
    for (const std::string& line : content.Totals())
    {
        out += fmt::format("<p>{}</p>\n", EscapeHtml(line));
    }
    for (const std::string& line : content.Faults())
    {
        out += fmt::format("<p><strong>{}</strong></p>\n", EscapeHtml(line));
    }
    out += fmt::format("<h2>{}</h2>\n", EscapeHtml(content.Text("fleet.causes")));
    for (const FleetCause& cause : content.Causes())
    {
        out += fmt::format("<details><summary>{}: {}</summary><p>{}</p></details>\n", cause.servers.size(),
            EscapeHtml(content.TitleOf(cause)), EscapeHtml(Joined(cause.servers)));
    }
    out += fmt::format("<h2>{}</h2>\n<table>\n<thead>{}</thead>\n<tbody>\n",
        EscapeHtml(content.Text("fleet.servers")), HtmlRow(content.Headings(), "th"));
    for (const FleetServer* server : content.Servers())
    {
        out += HtmlRow(content.CellsOf(*server), "td");
    }
    return out + "</tbody>\n</table>\n</body>\n</html>\n";
}

std::string FleetMarkdown(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    const Content content(fleet, causes, knowledge, language);
    std::string out = fmt::format("# {}\n\n", EscapeMarkdown(content.Text("fleet.title")));
    for (const std::string& line : content.Totals())
    {
        out += EscapeMarkdown(line) + "\n\n";
    }
    for (const std::string& line : content.Faults())
    {
        out += fmt::format("- {}\n", EscapeMarkdown(line));
    }
    out += fmt::format("\n## {}\n\n", EscapeMarkdown(content.Text("fleet.causes")));
    for (const FleetCause& cause : content.Causes())
    {
        out += fmt::format("- {}: {}. {}\n", cause.servers.size(), EscapeMarkdown(content.TitleOf(cause)),
            EscapeMarkdown(Joined(cause.servers)));
    }
    out += fmt::format(
        "\n## {}\n\n{}", EscapeMarkdown(content.Text("fleet.servers")), MarkdownRow(content.Headings()));
    out += "| --- | --- | --- | --- | --- | --- |\n";
    for (const FleetServer* server : content.Servers())
    {
        out += MarkdownRow(content.CellsOf(*server));
    }
    return out;
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
    return object.dump(2) + "\n";
}

} // namespace mars
