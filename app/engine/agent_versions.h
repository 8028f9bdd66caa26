// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

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

    /// The service refuses agents below it.
    FileVersion supported;
    /// Agents below it cannot read the vault credentials files of today.
    FileVersion registration;
    /// Agents below it need Azure PowerShell for offline seeding.
    FileVersion offlineSeeding;
    /// Oldest first; never empty.
    std::vector<Release> releases;

    const FileVersion& Newest() const
    {
        return releases.back().version;
    }
    /// When this version came out, or the last documented one before it; empty for one older than all of
    /// them.
    std::string ReleasedBy(const FileVersion& version) const;
};

/// Nothing when the text is no such table: a minimum is missing, or the versions do not rise.
std::optional<AgentVersions> ParseAgentVersions(std::string_view xml);

/// The table that is part of the program.
const AgentVersions& KnownAgentVersions();

} // namespace mars
