// SPDX-License-Identifier: MIT
#pragma once

#include "questions/files.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What is known of the agent's versions: knowledge/agent_versions.xml.
struct AgentVersions
{
    struct Release
    {
        FileVersion version;
        /// "2024-10"; a year alone where no month is documented.
        std::string released;
    };

    /// Versions that follow each other. Azure Backup and Site Recovery number theirs apart: across branches
    /// a higher number is not a later version.
    struct Branch
    {
        std::string name;
        /// The branch has the versions from here to where the next one begins.
        FileVersion from;
        /// Oldest first; never empty.
        std::vector<Release> releases;

        const Release& Newest() const
        {
            return releases.back();
        }
    };

    /// The service refuses agents below it.
    FileVersion supported;
    /// Agents below it cannot read the vault credentials files of today.
    FileVersion registration;
    /// Agents below it can no longer seed a first backup with disks.
    FileVersion offlineSeeding;
    /// In the order of their numbers; never empty.
    std::vector<Branch> branches;

    const Branch& BranchOf(const FileVersion& version) const;
    /// When this version came out, or the last documented one before it in its branch; empty for one older
    /// than all of those.
    std::string ReleasedBy(const FileVersion& version) const;
    /// It came out more than 18 months before the newest version of its branch, whatever months are meant
    /// where a year alone is documented.
    bool IsFarBehind(const FileVersion& version) const;
};

/// Nothing when the text is no such table: a minimum or a date is missing, or the versions do not rise.
std::optional<AgentVersions> ParseAgentVersions(std::string_view xml);

/// The table that is part of the program.
const AgentVersions& KnownAgentVersions();

} // namespace mars
