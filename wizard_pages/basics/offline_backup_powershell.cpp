// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_versions.h"
#include "questions/files.h"
#include "questions/programs.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::basics
{
namespace
{

constexpr const char* kWanted = "3.7.0";
constexpr const char* kPrograms = "Microsoft Azure PowerShell";

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

/// Absent: no agent yet, so the one to be installed is new enough.
Answer<FileVersion> FindAgentVersion(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    return agent            ? ReadAgentVersion(machine, *agent)
        : agent.HasFailed() ? Answer<FileVersion>(agent.Error())
                            : Answer<FileVersion>(Absent{});
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (!given.offlineSeeding)
    {
        return Outcome::NotApplicable(reason::kNoOfflineSeeding);
    }
    const auto found = FindAzurePowerShell(machine);
    const auto version = FindAgentVersion(machine);
    // Recordings of earlier versions hold it only where Azure PowerShell was missing.
    const bool isOlder = version.HasFailed() && version.Error().code == code::kNotRecorded;
    if (!found || (version.HasFailed() && !isOlder))
    {
        return Outcome::CouldNotCheck(found ? version.Error() : found.Error());
    }
    const FileVersion& minimum = KnownAgentVersions().offlineSeeding;
    const bool tooOld = version && *version < minimum;
    Facts facts{{"wanted", kWanted}, {"found", found->versions}, {"powershell_missing", !found->wanted},
        {"agent_too_old", tooOld}, {"minimum_agent", minimum.ToString()}};
    if (version)
    {
        facts["agent_version"] = version->ToString();
    }
    if (!tooOld && found->wanted)
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = tooOld ? "agent_too_old" : "missing";
    return Outcome::Problem(Level::kError, std::move(facts));
}

} // namespace

const RootCause& OfflineBackupPowershell()
{
    static constexpr RootCause kCause{
        "basics.offline_backup_powershell", "B-12", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
