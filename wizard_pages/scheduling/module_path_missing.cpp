// SPDX-License-Identifier: MIT
#include "agent.h"
#include "backup_tasks.h"
#include "expand.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>

namespace mars::scheduling
{
namespace
{

const RegistryPath kModulePath{
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment", "PSModulePath"};

/// What Windows has where nothing changed it; a server without the variable gets it together with the agent's
/// folder, because a variable of one folder would hide the modules of Windows.
constexpr const char* kWindowsDefault =
    "%ProgramFiles%\\WindowsPowerShell\\Modules;%SystemRoot%\\system32\\WindowsPowerShell\\v1.0\\Modules";

bool IsText(const RegistryValue& value)
{
    return value.AsString().has_value();
}

/// The documents name the module's own folder, PowerShell looks in the one above: either will do.
Answer<bool> Names(const MachineView& machine, const std::string& list, const Agent& agent)
{
    const auto expanded = ExpandVariables(machine, list);
    if (!expanded)
    {
        return expanded.Error();
    }
    const std::string modules = agent.ModulesFolder();
    const std::string module = JoinPath(modules, "MSOnlineBackup");
    return std::ranges::any_of(Split(*expanded, ';'), [&](const std::string& entry) {
        std::string folder(Trim(entry));
        std::erase(folder, '"');
        std::ranges::replace(folder, '/', '\\');
        while (folder.ends_with('\\'))
        {
            folder.pop_back();
        }
        return EqualsIgnoreCase(folder, modules) || EqualsIgnoreCase(folder, module);
    });
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    if (const auto end = WhyManagedByDpm(machine))
    {
        return *end;
    }
    Facts facts{{"needed_folder", agent->ModulesFolder()}};
    const auto value = machine.Ask(ReadRegistryValue{kModulePath});
    if (value.HasFailed())
    {
        return Outcome::CouldNotCheck(value.Error(), std::move(facts));
    }
    if (value)
    {
        const std::string text = value->AsString().value_or(value->Describe());
        facts["module_path"] = text;
        const auto named = Names(machine, text, *agent);
        if (named.HasFailed())
        {
            return Outcome::CouldNotCheck(named.Error(), std::move(facts));
        }
        if (*named)
        {
            return Outcome::Passed(std::move(facts));
        }
    }
    // Without an answer about the last run the missing folder is still proven; only the level is not.
    const auto failed = FindFailedRuns(machine).ValueOr({});
    if (value.IsAbsent())
    {
        facts["case"] = "variable_missing";
    }
    else if (!failed.empty())
    {
        facts["case"] = "last_run_failed";
    }
    if (!failed.empty())
    {
        facts["failed_runs"] = failed;
    }
    return Outcome::Problem(failed.empty() ? Level::kWarning : Level::kError, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto agent = FindAgent(machine);
    const auto value = machine.Ask(ReadRegistryValue{kModulePath});
    if (!agent || value.HasFailed() || (value && !IsText(*value)))
    {
        return RepairProposal::Guided();
    }
    std::string text = value ? *value->AsString() : kWindowsDefault;
    const auto named = Names(machine, text, *agent);
    if (!named)
    {
        return RepairProposal::Guided();
    }
    if (*named)
    {
        return RepairProposal::NothingToDo();
    }
    text += text.empty() || text.ends_with(';') ? "" : ";";
    text += agent->ModulesFolder();
    SetRegistryValue change;
    change.path = kModulePath;
    if (value)
    {
        change.before = *value;
    }
    change.after = RegistryValue::String(text, value ? value->type : kRegExpandSz);
    return RepairProposal::Planned({{std::move(change)}, false});
}

} // namespace

const RootCause& ModulePathMissing()
{
    static constexpr RootCause kCause{
        "scheduling.module_path_missing", "S-6", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::scheduling
