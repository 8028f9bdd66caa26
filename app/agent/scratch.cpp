// SPDX-License-Identifier: MIT
#include "scratch.h"

#include "expand.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "text.h"

#include <algorithm>

namespace mars
{
namespace
{

constexpr const char* kValueName = "ScratchLocation";

bool IsDrivePath(std::string_view path)
{
    const char letter = path.empty() ? '\0' : path[0];
    const bool isLetter = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    return isLetter && path.size() >= 3 && path[1] == ':' && path[2] == '\\';
}

bool IsAbsolute(std::string_view path)
{
    const bool isShare = path.starts_with("\\\\") && path.size() > 2 && path[2] != '?' && path[2] != '.';
    return (IsDrivePath(path) || isShare) && path.find_first_of("\"<>|*?\r\n\t") == std::string_view::npos;
}

/// One separator where there are several, but for the two that begin a share; none at the end, but for a
/// drive's root.
std::string WithSingleSeparators(std::string_view path)
{
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i)
    {
        const char c = path[i] == '/' ? '\\' : path[i];
        const bool doubled = c == '\\' && out.ends_with('\\') && !(i == 1 && out.size() == 1);
        if (!doubled)
        {
            out += c;
        }
    }
    while (out.ends_with('\\') && !out.ends_with(":\\"))
    {
        out.pop_back();
    }
    return out;
}

/// Replaces short names such as PROGRA~1 by the names that the files have. What is not there stays as it is.
Answer<std::string> WithLongNames(const MachineView& machine, const std::string& path)
{
    if (path.find('~') == std::string::npos || !IsDrivePath(path))
    {
        return path;
    }
    std::string out = path.substr(0, 2);
    for (const std::string& name : Split(std::string_view(path).substr(3), '\\'))
    {
        out = JoinPath(out, name);
        if (name.find('~') != std::string::npos)
        {
            const auto info = machine.Ask(ReadFileInfo{out});
            if (info.HasFailed())
            {
                return info.Error();
            }
            if (info && !info->name.empty())
            {
                out = JoinPath(FolderOf(out), info->name);
            }
        }
    }
    return out;
}

Answer<ScratchValue> ReadScratchValue(const MachineView& machine, const char* key)
{
    ScratchValue value;
    value.path = {key, kValueName};
    const auto stored = machine.Ask(ReadRegistryValue{value.path});
    if (stored.HasFailed())
    {
        return stored.Error();
    }
    if (stored.IsAbsent())
    {
        return value;
    }
    value.stored = *stored;
    value.text = stored->AsString().value_or(stored->Describe());
    const auto expanded =
        stored->type == kRegExpandSz ? ExpandVariables(machine, value.text) : Answer<std::string>(value.text);
    if (expanded.HasFailed())
    {
        return expanded.Error();
    }
    std::string_view bare = Trim(*expanded);
    if (bare.size() > 1 && bare.front() == '"' && bare.back() == '"')
    {
        bare = bare.substr(1, bare.size() - 2);
    }
    const std::string path = WithSingleSeparators(bare);
    if (!stored->AsString() || !IsAbsolute(path))
    {
        value.malformed = true;
        return value;
    }
    const bool doubled = bare.find("\\\\", 1) != std::string_view::npos;
    value.malformed = doubled || bare.size() != expanded->size();
    const auto folder = WithLongNames(machine, path);
    if (folder.HasFailed())
    {
        return folder.Error();
    }
    value.folder = *folder;
    return value;
}

} // namespace

bool IsSameFolder(std::string_view a, std::string_view b)
{
    return EqualsIgnoreCase(a, b);
}

bool ScratchLocations::Agree() const
{
    return !config.folder.empty() && IsSameFolder(config.folder, provider.folder);
}

std::vector<std::string> ScratchLocations::Folders() const
{
    std::vector<std::string> folders;
    for (const ScratchValue* value : {&config, &provider})
    {
        const bool known = std::ranges::any_of(
            folders, [&](const std::string& folder) { return IsSameFolder(folder, value->folder); });
        if (!value->folder.empty() && !known)
        {
            folders.push_back(value->folder);
        }
    }
    return folders;
}

Answer<ScratchLocations> ReadScratchLocations(const MachineView& machine)
{
    const auto config = ReadScratchValue(machine, kAgentConfigKey);
    if (config.HasFailed())
    {
        return config.Error();
    }
    const auto provider = ReadScratchValue(machine, kAgentProviderKey);
    if (provider.HasFailed())
    {
        return provider.Error();
    }
    return ScratchLocations{*config, *provider};
}

Answer<std::string> FindScratchFolder(const MachineView& machine, const Agent& agent)
{
    const auto locations = ReadScratchLocations(machine);
    if (locations.HasFailed())
    {
        return locations.Error();
    }
    if (!locations->config.stored && !locations->provider.stored)
    {
        return agent.DefaultScratchFolder();
    }
    const auto folders = locations->Folders();
    if (folders.empty())
    {
        return Absent{};
    }
    if (folders.size() > 1)
    {
        for (const std::string& folder : folders)
        {
            const auto key = ReadKeyFile(machine, folder);
            if (key.HasFailed())
            {
                return key.Error();
            }
            if (key)
            {
                return folder;
            }
        }
    }
    return folders.front();
}

std::variant<ScratchFolder, Outcome> OpenScratchFolder(const MachineView& machine)
{
    auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto folder = FindScratchFolder(machine, *agent);
    if (folder.HasFailed())
    {
        return Outcome::CouldNotCheck(folder.Error());
    }
    if (folder.IsAbsent())
    {
        return Outcome::NotApplicable(reason::kScratchFolderMissing);
    }
    Facts facts{{"scratch_folder", *folder}};
    const auto info = machine.Ask(ReadFileInfo{*folder});
    if (info.HasFailed())
    {
        return Outcome::CouldNotCheck(info.Error(), std::move(facts));
    }
    if (info.IsAbsent() || !info->IsDirectory())
    {
        return Outcome::NotApplicable(reason::kScratchFolderMissing, std::move(facts));
    }
    return ScratchFolder{std::move(*agent), *folder, std::move(facts)};
}

Answer<FileInfo> ReadKeyFile(const MachineView& machine, const std::string& folder)
{
    const auto info = machine.Ask(ReadFileInfo{JoinPath(folder, kKeyFileName)});
    return info && info->IsDirectory() ? Answer<FileInfo>(Absent{}) : info;
}

} // namespace mars
