// SPDX-License-Identifier: MIT
#include "module_files.h"

#include "file_trust.h"
#include "questions/files.h"
#include "questions/signatures.h"
#include "text.h"

#include <algorithm>

namespace mars::scheduling
{
namespace
{

void JudgeSignature(
    const MachineView& machine, const std::string& path, const std::string& name, ModuleFiles& files)
{
    const auto signature = machine.Ask(VerifySignature{path});
    if (!signature)
    {
        files.failure = files.failure ? files.failure
            : signature.HasFailed()   ? signature.Error()
                                      : Failure{code::kNotSupported, "verify " + path};
        return;
    }
    if (signature->state == SignatureState::kUnsigned)
    {
        files.unsignedFiles.push_back(name);
    }
    else if (signature->state == SignatureState::kBadDigest)
    {
        files.changed.push_back(name);
    }
}

/// True when there is content to look at.
bool JudgePresence(
    const MachineView& machine, const std::string& path, const std::string& name, ModuleFiles& files)
{
    const auto info = machine.Ask(ReadFileInfo{path});
    if (info.HasFailed())
    {
        files.failure = files.failure ? files.failure : info.Error();
        return false;
    }
    if (info.IsAbsent() || info->IsDirectory())
    {
        files.missing.push_back(name);
        return false;
    }
    if (info->bytes == 0)
    {
        files.empty.push_back(name);
        return false;
    }
    return true;
}

/// The names in the manifest; what is no manifest is noted as changed.
void AddNames(const MachineView& machine, const std::string& folder, ModuleFiles& files)
{
    const auto manifest = machine.Ask(ReadModuleManifest{JoinPath(folder, kModuleManifest)});
    if (manifest.HasFailed())
    {
        files.failure = manifest.Error();
        return;
    }
    if (manifest && !manifest->isManifest)
    {
        files.changed.emplace_back(kModuleManifest);
    }
    for (std::string& name : manifest.ValueOr({}).files)
    {
        if (!EqualsIgnoreCase(name, kModuleManifest))
        {
            files.all.push_back(std::move(name));
        }
    }
}

/// All but the manifest.
void JudgeNamedFiles(const MachineView& machine, const std::string& folder, ModuleFiles& files)
{
    for (std::size_t i = 1; i < files.all.size(); ++i)
    {
        const std::string path = PathIn(folder, files.all[i]);
        if (JudgePresence(machine, path, files.all[i], files) && RunsByItsName(path))
        {
            JudgeSignature(machine, path, files.all[i], files);
        }
    }
}

/// A file directly in the module's folder, under a name that leads nowhere else.
bool IsPlainName(const std::string& name)
{
    return !name.empty() && !name.starts_with('.') && !name.ends_with('.') && !name.ends_with(' ')
        && name.find_first_of("\\/:") == std::string::npos;
}

/// A link leads wherever its maker wanted; asking for it follows nothing.
bool IsLink(const MachineView& machine, const std::string& path)
{
    const auto info = machine.Ask(ReadFileInfo{path});
    return info && (info->attributes & file_attribute::kReparsePoint) != 0;
}

} // namespace

std::string ModuleFolder(const Agent& agent)
{
    return JoinPath(agent.ModulesFolder(), "MSOnlineBackup");
}

std::string PathIn(const std::string& folder, const std::string& name)
{
    const bool absolute = name.starts_with('\\') || name.find(':') != std::string::npos;
    return absolute ? name : JoinPath(folder, name);
}

bool ModuleFiles::IsDamaged() const
{
    return !missing.empty() || !empty.empty() || !changed.empty() || !unsignedFiles.empty();
}

ModuleFiles JudgeModule(const MachineView& machine, const std::string& folder)
{
    ModuleFiles files;
    files.all.emplace_back(kModuleManifest);
    const std::string manifest = JoinPath(folder, kModuleManifest);
    if (JudgePresence(machine, manifest, kModuleManifest, files))
    {
        AddNames(machine, folder, files);
        if (files.changed.empty())
        {
            JudgeSignature(machine, manifest, kModuleManifest, files);
        }
    }
    JudgeNamedFiles(machine, folder, files);
    return files;
}

std::variant<ModuleFiles, std::string> JudgeSource(const MachineView& machine, const std::string& folder)
{
    ModuleFiles files;
    files.all.emplace_back(kModuleManifest);
    const std::string manifest = JoinPath(folder, kModuleManifest);
    if (IsLink(machine, manifest))
    {
        return "source_layout";
    }
    if (!JudgePresence(machine, manifest, kModuleManifest, files))
    {
        return files.failure ? "source_not_trusted" : "source_incomplete";
    }
    if (!IsFromMicrosoft(machine, manifest))
    {
        return "source_not_trusted";
    }
    AddNames(machine, folder, files);
    const auto leadsElsewhere = [&](const std::string& name) {
        return !IsPlainName(name) || IsLink(machine, JoinPath(folder, name));
    };
    if (std::ranges::any_of(files.all, leadsElsewhere))
    {
        return "source_layout";
    }
    JudgeNamedFiles(machine, folder, files);
    return files;
}

} // namespace mars::scheduling
