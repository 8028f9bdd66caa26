// SPDX-License-Identifier: MIT
#pragma once

#include "agent.h"
#include "answer.h"
#include "outcome.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "view.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The agent's scratch folder. Two registry values name it and must name the same folder.
namespace mars
{

inline constexpr const char* kKeyFileName = "OnlineBackup.KEK";

struct ScratchValue
{
    RegistryPath path;
    /// As stored; nothing: the value is not there.
    std::optional<RegistryValue> stored;
    std::string text;
    /// The folder it means: one separator between names, none at the end, long names. Empty: absent, or no
    /// absolute path.
    std::string folder;
    /// Not how the agent's installer writes a path: doubled separators, no absolute path, not a text.
    bool malformed = false;
};

struct ScratchLocations
{
    /// Config\ScratchLocation.
    ScratchValue config;
    /// Config\CloudBackupProvider\ScratchLocation.
    ScratchValue provider;

    /// Both name the same folder; false where one names none.
    bool Agree() const;
    /// The different folders that they name, Config's first; at most two.
    std::vector<std::string> Folders() const;
};

/// Fails where one of the two values could not be read.
Answer<ScratchLocations> ReadScratchLocations(const MachineView& machine);

/// The folder that checks of the scratch folder look at, whether or not it exists: where the two values
/// differ the one that holds the key file, else Config's; the documented default where both values are
/// missing. Absent: the values name no folder.
Answer<std::string> FindScratchFolder(const MachineView& machine, const Agent& agent);

struct ScratchFolder
{
    Agent agent;
    std::string path;
    /// `scratch_folder`: where it is.
    Facts facts;
};

/// The scratch folder that checks look into; where it is not there or that cannot be told, what such a check
/// ends with.
std::variant<ScratchFolder, Outcome> OpenScratchFolder(const MachineView& machine);

/// Absent: no key file in this folder.
Answer<FileInfo> ReadKeyFile(const MachineView& machine, const std::string& folder);

bool IsSameFolder(std::string_view a, std::string_view b);

} // namespace mars
