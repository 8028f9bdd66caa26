// SPDX-License-Identifier: MIT
#include "agent_versions.h"

#include "embedded.h"
#include "number.h"
#include "questions/files.h"

#include <pugixml.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace mars
{
namespace
{

constexpr int kMostMonthsBehind = 18;
constexpr int kMonths = 12;

std::optional<FileVersion> ReadMinimum(const pugi::xml_node& root, const char* of)
{
    return FileVersion::Parse(root.find_child_by_attribute("minimum", "of", of).attribute("version").value());
}

/// Months since the year 0: the first and the last that the date may mean.
struct MonthRange
{
    int first = 0;
    int last = 0;
};

/// "2024-10" and "2024".
std::optional<MonthRange> MonthsOf(std::string_view date)
{
    constexpr std::size_t kYearDigits = 4;
    const auto year = ParseNumber<int>(date.substr(0, kYearDigits));
    if (!year)
    {
        return std::nullopt;
    }
    if (date.size() == kYearDigits)
    {
        return MonthRange{*year * kMonths, *year * kMonths + kMonths - 1};
    }
    const bool dashed = date.size() == kYearDigits + 3 && date[kYearDigits] == '-';
    const auto month = dashed ? ParseNumber<int>(date.substr(kYearDigits + 1)) : std::nullopt;
    return month && *month >= 1 && *month <= kMonths
        ? std::optional(MonthRange{*year * kMonths + *month - 1, *year * kMonths + *month - 1})
        : std::nullopt;
}

std::optional<AgentVersions::Branch> ReadBranch(const pugi::xml_node& node)
{
    const auto from = FileVersion::Parse(node.attribute("from").value());
    if (!from)
    {
        return std::nullopt;
    }
    AgentVersions::Branch branch{node.attribute("name").value(), *from, {}};
    for (const pugi::xml_node one : node.children("version"))
    {
        const auto version = FileVersion::Parse(one.attribute("number").value());
        const std::string released = one.attribute("released").value();
        const bool rises =
            version && (branch.releases.empty() ? *version >= *from : *version > branch.Newest().version);
        if (!rises || !MonthsOf(released))
        {
            return std::nullopt;
        }
        branch.releases.push_back({*version, released});
    }
    return branch.releases.empty() ? std::nullopt : std::optional(std::move(branch));
}

} // namespace

const AgentVersions::Branch& AgentVersions::BranchOf(const FileVersion& version) const
{
    const auto later = std::ranges::upper_bound(branches, version, {}, &Branch::from);
    return later == branches.begin() ? branches.front() : *std::prev(later);
}

std::string AgentVersions::ReleasedBy(const FileVersion& version) const
{
    const auto& releases = BranchOf(version).releases;
    const auto later = std::ranges::upper_bound(releases, version, {}, &Release::version);
    return later == releases.begin() ? std::string() : std::prev(later)->released;
}

bool AgentVersions::IsFarBehind(const FileVersion& version) const
{
    const auto own = MonthsOf(ReleasedBy(version));
    const auto newest = MonthsOf(BranchOf(version).Newest().released);
    return own && newest && newest->first - own->last > kMostMonthsBehind;
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
    for (const pugi::xml_node node : root.children("branch"))
    {
        auto branch = ReadBranch(node);
        if (!branch || (!table.branches.empty() && branch->from <= table.branches.back().Newest().version))
        {
            return std::nullopt;
        }
        table.branches.push_back(std::move(*branch));
    }
    return table.branches.empty() ? std::nullopt : std::optional(std::move(table));
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
