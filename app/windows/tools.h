// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// Folders that some of the tools need; empty where they are not known.
struct ToolFolders
{
    std::string agent;
    std::string scratch;
    /// SIDs whose files an elevated program may run from elsewhere than %ProgramFiles%.
    std::vector<std::string> trustedOwners{};
};

/// What a tool of the closed list starts: an absolute path below the Windows folder, and fixed arguments.
struct ToolCommand
{
    std::string program;
    std::string arguments;
    bool operator==(const ToolCommand&) const = default;
};

/// Absent: no tool of the list, or one that opens nothing. Failed: its folder is not known, is no plain
/// absolute path, or is not there.
Answer<ToolCommand> CommandOfTool(std::string_view tool, const ToolFolders& folders);

/// Opens a tool of the closed list. May wait for a permission, so not on a UI thread; `owner` is as for
/// ShellStart.
Status OpenTool(std::string_view tool, const ToolFolders& folders, void* owner);

} // namespace mars
