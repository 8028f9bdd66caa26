// SPDX-License-Identifier: MIT
#include "module_files.h"

#include "file_trust.h"
#include "text.h"

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
std::vector<std::string> NamesIn(const MachineView& machine, const std::string& folder, ModuleFiles& files)
{
    const auto manifest = machine.Ask(ReadModuleManifest{JoinPath(folder, kModuleManifest)});
    if (manifest.HasFailed())
    {
        files.failure = manifest.Error();
        return {};
    }
    if (manifest && !manifest->isManifest)
    {
        files.changed.emplace_back(kModuleManifest);
    }
    return manifest.ValueOr({}).files;
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
    if (JudgePresence(machine, JoinPath(folder, kModuleManifest), kModuleManifest, files))
    {
        for (std::string& name : NamesIn(machine, folder, files))
        {
            if (!EqualsIgnoreCase(name, kModuleManifest))
            {
                files.all.push_back(std::move(name));
            }
        }
        if (files.changed.empty())
        {
            JudgeSignature(machine, JoinPath(folder, kModuleManifest), kModuleManifest, files);
        }
    }
    for (std::size_t i = 1; i < files.all.size(); ++i)
    {
        const std::string path = PathIn(folder, files.all[i]);
        if (JudgePresence(machine, path, files.all[i], files) && RunsByItsName(path))
        {
            JudgeSignature(machine, path, files.all[i], files);
        }
    }
    return files;
}

} // namespace mars::scheduling
