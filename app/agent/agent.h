// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"
#include "questions/files.h"
#include "view.h"

#include <string>

/// The agent on this machine, as every section asks for it. Absent and failed stay apart: a check that needs
/// the agent begins with
///
///     const auto agent = FindAgent(machine);
///     if (!agent)
///     {
///         return WithoutAgent(agent);
///     }
namespace mars
{

inline constexpr const char* kAgentRegistryKey = "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup";
inline constexpr const char* kAgentSetupKey = "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup";
inline constexpr const char* kAgentConfigKey = "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Config";
inline constexpr const char* kAgentProviderKey =
    "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Config\\CloudBackupProvider";
inline constexpr const char* kAgentService = "obengine";

/// Where the agent is installed. Folders are without a closing backslash.
struct Agent
{
    std::string installPath;
    /// The Setup key holds no path, so this is the documented default folder.
    bool assumedPath = false;

    std::string BinFolder() const;
    std::string EngineFile() const;
    std::string LogFolder() const;
    std::string ModulesFolder() const;
    std::string DefaultScratchFolder() const;
};

/// The folder that the Setup key names, else the documented default, whether or not the agent is in it.
/// Absent: no Setup key.
Answer<Agent> ReadAgentSetup(const MachineView& machine);

/// Absent: not installed, which means no Setup key or no bin\cbengine.exe.
Answer<Agent> FindAgent(const MachineView& machine);

/// What a check that needs the agent ends with when FindAgent gave none: not applicable, or could not check.
Outcome WithoutAgent(const Answer<Agent>& agent);

/// FileVersion of cbengine.exe.
Answer<FileVersion> ReadAgentVersion(const MachineView& machine, const Agent& agent);

/// What the agent wrote down when it was registered with a vault. There is no documented "registered" flag:
/// the vault's name, or machine id and vault id together, tell.
struct Registration
{
    /// Config\ServiceResourceName; empty on some systems.
    std::string vault;
    std::string machineId;
    std::string resourceId;
};

/// Absent: not registered.
Answer<Registration> ReadRegistration(const MachineView& machine);

/// The same as WithoutAgent, for a check that needs a registered server.
Outcome WithoutRegistration(const Answer<Registration>& registration);

} // namespace mars
