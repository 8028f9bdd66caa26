// SPDX-License-Identifier: MIT
#include "fleet_document.h"

#include "reading.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace mars
{

namespace
{

std::int64_t Number(std::size_t count)
{
    return static_cast<std::int64_t>(count);
}

class Writer
{
public:
    Writer(const Fleet& fleet, std::span<const RootCause* const> causes, const Knowledge& knowledge,
        Language language)
        : m_fleet(fleet), m_catalogue(causes), m_knowledge(knowledge), m_language(language)
    {}

    Document Write() const
    {
        Document document;
        document.title = Text("fleet.title");
        document.answer = Text("fleet.totals",
            {{"servers", Number(m_fleet.servers.size())}, {"problems", Number(m_fleet.WithProblems())},
                {"gaps", Number(m_fleet.WithGaps())}});
        if (m_fleet.replaced > 0)
        {
            document.blocks.push_back(
                {Paragraph{Text("fleet.replaced", {{"count", Number(m_fleet.replaced)}})}});
        }
        AddFaults(document);
        AddCauses(document);
        AddServers(document);
        return document;
    }

private:
    std::string Text(std::string_view id, const Facts& facts = {}) const
    {
        return m_knowledge.Text(id, m_language, facts);
    }

    void AddFaults(Document& document) const
    {
        for (const FleetFault& fault : m_fleet.faults)
        {
            document.blocks.push_back({Paragraph{
                Text("fleet.unread",
                    {{"file", fault.file}, {"why", m_knowledge.ExplainCode(fault.code, m_language)}}),
                true}});
        }
        if (m_fleet.furtherFaults > 0)
        {
            document.blocks.push_back(
                {Paragraph{Text("fleet.further_unread", {{"count", Number(m_fleet.furtherFaults)}}), true}});
        }
    }

    void AddCauses(Document& document) const
    {
        document.blocks.push_back({Heading{Text("fleet.causes")}});
        for (const FleetCause& cause : CausesOf(m_fleet, m_catalogue, m_knowledge, m_language))
        {
            const std::string title =
                cause.code.empty() ? cause.title : fmt::format("{} {}", cause.code, cause.title);
            document.blocks.push_back({Fold{fmt::format("{}: {}", cause.servers.size(), title),
                fmt::format("{}", fmt::join(cause.servers, ", "))}});
        }
    }

    void AddServers(Document& document) const
    {
        Table table{{Text("fleet.server"), Text("level.error"), Text("level.warning"),
                        Text("result.could_not_check"), Text("fact.agent_version"), Text("fleet.when")},
            {}};
        for (const FleetServer* server : SortedServers(m_fleet))
        {
            table.rows.push_back({server->name, CodesOf(server->errors), CodesOf(server->warnings),
                fmt::format("{}", server->couldNotCheck), server->agentVersion,
                FormatFact(server->when, m_language)});
        }
        document.blocks.push_back({Heading{Text("fleet.servers")}});
        document.blocks.push_back({std::move(table)});
    }

    /// "S-3, B-1"
    std::string CodesOf(const std::vector<std::string>& ids) const
    {
        std::string codes;
        for (const std::string& id : ids)
        {
            const auto known = std::ranges::find(m_catalogue, id, &RootCause::id);
            codes +=
                (codes.empty() ? "" : ", ") + (known == m_catalogue.end() ? id : std::string((*known)->code));
        }
        return codes;
    }

    const Fleet& m_fleet;
    std::span<const RootCause* const> m_catalogue;
    const Knowledge& m_knowledge;
    Language m_language;
};

} // namespace

Document FleetDocument(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language)
{
    return Writer(fleet, causes, knowledge, language).Write();
}

} // namespace mars
