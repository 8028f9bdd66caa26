// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::basics
{
namespace
{

constexpr const char* kWanted = "3.7.0";
constexpr const char* kPrograms = "Microsoft Azure PowerShell";
/// From this agent on, offline backup goes by Data Box and needs no old Azure PowerShell.
constexpr FileVersion kDataBoxAgent{2, 0, 9250, 0};

/// "3.7.0" of "3.7.0" and "3.7.0.1234".
bool IsWanted(const std::string& version)
{
    return version == kWanted || version.starts_with(std::string(kWanted) + ".");
}

struct Found
{
    bool wanted = false;
    /// What is there, the wanted version or others.
    std::vector<std::string> versions;
};

/// By its own installer, or as the module AzureRM from the PowerShell Gallery.
Answer<Found> FindAzurePowerShell(const MachineView& machine)
{
    const auto programs = machine.Ask(ListPrograms{kPrograms});
    const auto folder = machine.Ask(FindFolder{KnownFolder::kProgramFiles});
    if (!programs || !folder)
    {
        return programs.HasFailed() ? programs.Error()
            : folder.HasFailed()    ? folder.Error()
                                    : Failure{code::kNotSupported, "find Azure PowerShell"};
    }
    const std::string module = JoinPath(folder->path, "WindowsPowerShell\\Modules\\AzureRM\\3.7.0");
    const auto info = machine.Ask(ReadFileInfo{module});
    if (info.HasFailed())
    {
        return info.Error();
    }
    Found found;
    found.wanted = info.HasValue();
    if (info)
    {
        found.versions.push_back(module);
    }
    for (const InstalledProgram& program : programs->programs)
    {
        found.wanted = found.wanted || IsWanted(program.version);
        found.versions.push_back(program.name + " " + program.version);
    }
    return found;
}

Outcome JudgeMissing(const MachineView& machine, Facts facts)
{
    const auto agent = FindAgent(machine);
    const auto version = agent
        ? ReadAgentVersion(machine, *agent)
        : (agent.HasFailed() ? Answer<FileVersion>(agent.Error()) : Answer<FileVersion>(Absent{}));
    if (version.HasFailed())
    {
        return Outcome::CouldNotCheck(version.Error(), std::move(facts));
    }
    const bool dataBox = version && *version >= kDataBoxAgent;
    if (version)
    {
        facts["agent_version"] = version->ToString();
    }
    facts["case"] = dataBox ? "data_box_agent" : "missing";
    return Outcome::Problem(dataBox ? Level::kAdvice : Level::kError, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (!given.offlineSeeding)
    {
        return Outcome::NotApplicable(reason::kNoOfflineSeeding);
    }
    const auto found = FindAzurePowerShell(machine);
    if (!found)
    {
        return Outcome::CouldNotCheck(found.Error());
    }
    Facts facts{{"wanted", kWanted}, {"found", found->versions}};
    return found->wanted ? Outcome::Passed(std::move(facts)) : JudgeMissing(machine, std::move(facts));
}

} // namespace

const RootCause& OfflineBackupPowershell()
{
    static constexpr RootCause kCause{
        "basics.offline_backup_powershell", "B-12", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
