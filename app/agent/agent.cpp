// SPDX-License-Identifier: MIT
#include "agent.h"

#include "questions/files.h"
#include "questions/registry.h"
#include "text.h"

namespace mars
{
namespace
{

constexpr const char* kDefaultFolderName = "Microsoft Azure Recovery Services Agent";

std::string WithoutClosingBackslash(std::string path)
{
    while (path.ends_with('\\') && !path.ends_with(":\\"))
    {
        path.pop_back();
    }
    return path;
}

Answer<Agent> DefaultFolder(const MachineView& machine)
{
    const auto programFiles = machine.Ask(FindFolder{KnownFolder::kProgramFiles});
    if (programFiles.HasFailed())
    {
        return programFiles.Error();
    }
    if (programFiles.IsAbsent())
    {
        return Failure{code::kNotSupported, "find the Program Files folder"};
    }
    return Agent{JoinPath(programFiles->path, kDefaultFolderName), true};
}

/// A value of the registration as text, whatever its type: the documents name the values but not their types.
Answer<std::string> ReadConfigText(const MachineView& machine, const char* name)
{
    const auto value = machine.Ask(ReadRegistryValue{{kAgentConfigKey, name}});
    if (value.HasFailed())
    {
        return value.Error();
    }
    if (value.IsAbsent() || value->bytes.empty())
    {
        return std::string();
    }
    if (const auto text = value->AsString())
    {
        return std::string(Trim(*text));
    }
    if (const auto number = value->AsDword())
    {
        return *number == 0 ? std::string() : std::to_string(*number);
    }
    return value->Describe();
}

} // namespace

std::string Agent::BinFolder() const
{
    return JoinPath(installPath, "bin");
}

std::string Agent::EngineFile() const
{
    return JoinPath(installPath, "bin\\cbengine.exe");
}

std::string Agent::LogFolder() const
{
    return JoinPath(installPath, "Temp");
}

std::string Agent::ModulesFolder() const
{
    return JoinPath(installPath, "bin\\Modules");
}

std::string Agent::DefaultScratchFolder() const
{
    return JoinPath(installPath, "Scratch");
}

Answer<Agent> ReadAgentSetup(const MachineView& machine)
{
    const auto value = machine.Ask(ReadRegistryValue{{kAgentSetupKey, "InstallPath"}});
    if (value.HasFailed())
    {
        return value.Error();
    }
    if (value.HasValue())
    {
        std::string path =
            WithoutClosingBackslash(std::string(Trim(value->AsString().value_or(std::string()))));
        return path.empty() ? DefaultFolder(machine) : Answer<Agent>(Agent{std::move(path), false});
    }
    const auto key = machine.Ask(ListRegistryKey{kAgentSetupKey});
    if (key.HasFailed())
    {
        return key.Error();
    }
    return key.IsAbsent() ? Answer<Agent>(Absent{}) : DefaultFolder(machine);
}

Answer<Agent> FindAgent(const MachineView& machine)
{
    auto agent = ReadAgentSetup(machine);
    if (!agent)
    {
        return agent;
    }
    const auto engine = machine.Ask(ReadFileInfo{agent->EngineFile()});
    if (engine.HasFailed())
    {
        return engine.Error();
    }
    return engine.IsAbsent() || engine->IsDirectory() ? Answer<Agent>(Absent{}) : agent;
}

Outcome WithoutAgent(const Answer<Agent>& agent)
{
    return agent.HasFailed() ? Outcome::CouldNotCheck(agent.Error())
                             : Outcome::NotApplicable(reason::kAgentMissing);
}

Answer<FileVersion> ReadAgentVersion(const MachineView& machine, const Agent& agent)
{
    return machine.Ask(ReadFileVersion{agent.EngineFile()});
}

Answer<Registration> ReadRegistration(const MachineView& machine)
{
    const auto vault = ReadConfigText(machine, "ServiceResourceName");
    const auto machineId = ReadConfigText(machine, "MachineId");
    const auto resourceId = ReadConfigText(machine, "ResourceId");
    Registration registration{vault.ValueOr({}), machineId.ValueOr({}), resourceId.ValueOr({})};
    if (!registration.vault.empty() || (!registration.machineId.empty() && !registration.resourceId.empty()))
    {
        return registration;
    }
    for (const auto* answer : {&vault, &machineId, &resourceId})
    {
        if (answer->HasFailed())
        {
            return answer->Error();
        }
    }
    return Absent{};
}

Outcome WithoutRegistration(const Answer<Registration>& registration)
{
    return registration.HasFailed() ? Outcome::CouldNotCheck(registration.Error())
                                    : Outcome::NotApplicable(reason::kNotRegistered);
}

} // namespace mars
