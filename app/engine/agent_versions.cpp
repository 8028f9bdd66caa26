// SPDX-License-Identifier: MIT
#include "agent_versions.h"

#include "embedded.h"

#include <pugixml.hpp>

#include <algorithm>
#include <stdexcept>

namespace mars
{
namespace
{

std::optional<FileVersion> ReadMinimum(const pugi::xml_node& root, const char* of)
{
    return FileVersion::Parse(root.find_child_by_attribute("minimum", "of", of).attribute("version").value());
}

} // namespace

std::string AgentVersions::ReleasedBy(const FileVersion& version) const
{
    const auto later = std::ranges::upper_bound(releases, version, {}, &Release::version);
    return later == releases.begin() ? std::string() : std::prev(later)->released;
}

std::optional<AgentVersions> ParseAgentVersions(std::string_view xml)
{
    pugi::xml_document document;
    if (!document.load_buffer(xml.data(), xml.size()))
    {
        return std::nullopt;
    }
    const pugi::xml_node root = document.child("agent_versions");
    const auto supported = ReadMinimum(root, "supported");
    const auto registration = ReadMinimum(root, "registration");
    const auto offlineSeeding = ReadMinimum(root, "offline_seeding");
    if (!supported || !registration || !offlineSeeding)
    {
        return std::nullopt;
    }
    AgentVersions table{*supported, *registration, *offlineSeeding, {}};
    for (const pugi::xml_node node : root.children("version"))
    {
        const auto version = FileVersion::Parse(node.attribute("number").value());
        if (!version || (!table.releases.empty() && *version <= table.Newest()))
        {
            return std::nullopt;
        }
        table.releases.push_back({*version, node.attribute("released").value()});
    }
    return table.releases.empty() ? std::nullopt : std::optional(std::move(table));
}

const AgentVersions& KnownAgentVersions()
{
    static const AgentVersions table = [] {
        const auto files = EmbeddedKnowledge();
        const auto file =
            std::ranges::find(files, std::string_view("agent_versions.xml"), &EmbeddedFile::name);
        auto parsed = file == files.end() ? std::nullopt : ParseAgentVersions(file->bytes);
        if (!parsed)
        {
            throw std::logic_error("knowledge/agent_versions.xml is not part of the program or damaged");
        }
        return std::move(*parsed);
    }();
    return table;
}

} // namespace mars
