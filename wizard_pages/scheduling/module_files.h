// SPDX-License-Identifier: MIT
#pragma once

#include "agent.h"
#include "answer.h"
#include "view.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The agent's PowerShell module, on this server or in a folder from a healthy one.
namespace mars::scheduling
{

inline constexpr const char* kModuleManifest = "MSOnlineBackup.psd1";

std::string ModuleFolder(const Agent& agent);

/// What is wrong with the files of a module, by their names as the manifest has them.
struct ModuleFiles
{
    /// The manifest, and all files that it names.
    std::vector<std::string> all;
    std::vector<std::string> missing;
    std::vector<std::string> empty;
    /// Changed since they were signed, or, for the manifest, no manifest at all.
    std::vector<std::string> changed;
    std::vector<std::string> unsignedFiles;
    /// The first file that could not be judged.
    std::optional<Failure> failure;

    bool IsDamaged() const;
};

/// Looks at the module in `folder`. A manifest that cannot be read names no files.
ModuleFiles JudgeModule(const MachineView& machine, const std::string& folder);

/// The same for a folder that somebody named, which may be anybody's: its manifest has to be Microsoft's
/// before a name in it counts, and no other file is opened unless each of them is a plain file directly in
/// the folder. Otherwise why not, as a token of `held.<token>`.
std::variant<ModuleFiles, std::string> JudgeSource(const MachineView& machine, const std::string& folder);

/// Where a file lies that the manifest in `folder` names.
std::string PathIn(const std::string& folder, const std::string& name);

} // namespace mars::scheduling
