// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars::scheduling
{
namespace
{

constexpr const char* kMachineHive = "HKLM";
constexpr const char* kSystemHive = "HKU\\S-1-5-18";
constexpr const char* kGroupPolicyKey = "\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell";
constexpr const char* kShellKey = "\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell";
constexpr const char* kValueName = "ExecutionPolicy";

constexpr const char* kRestricted = "Restricted";
constexpr const char* kAllSigned = "AllSigned";
constexpr const char* kRemoteSigned = "RemoteSigned";

/// Who decides, in the order of PowerShell.
enum class Scope
{
    kMachineGroupPolicy,
    kUserGroupPolicy,
    /// The task's own command line.
    kTask,
    /// The SYSTEM account's hive.
    kAccount,
    kMachine,
    /// Nobody: what Windows does then.
    kDefault,
};
constexpr std::array kScopeWords{
    "machine_group_policy", "user_group_policy", "task", "account", "machine", "default"};

struct Decision
{
    std::string policy;
    Scope scope = Scope::kDefault;
    /// Registry value or task that decides; empty for the default.
    std::string where;

    bool IsProblem() const
    {
        return policy == kRestricted || policy == kAllSigned;
    }
};

/// Nothing for "Undefined" and for words that PowerShell does not know: then the next scope decides.
std::optional<std::string> KnownPolicy(std::string_view text)
{
    constexpr std::array kPolicies{kRestricted, kAllSigned, kRemoteSigned, "Unrestricted", "Bypass"};
    const auto found = std::ranges::find_if(
        kPolicies, [&](std::string_view policy) { return EqualsIgnoreCase(Trim(text), policy); });
    return found == kPolicies.end() ? std::nullopt : std::optional<std::string>(*found);
}

/// Absent: not set.
Answer<std::string> ReadPolicy(const MachineView& machine, const std::string& key)
{
    const auto value = machine.Ask(ReadRegistryValue{{key, kValueName}});
    if (value.HasFailed())
    {
        return value.Error();
    }
    const auto policy = value ? KnownPolicy(value->AsString().value_or(std::string())) : std::nullopt;
    return policy ? Answer<std::string>(*policy) : Answer<std::string>(Absent{});
}

Answer<std::string> ReadGroupPolicy(const MachineView& machine, const std::string& key)
{
    const auto enabled = machine.Ask(ReadRegistryValue{{key, "EnableScripts"}});
    if (!enabled)
    {
        return enabled.HasFailed() ? Answer<std::string>(enabled.Error()) : Answer<std::string>(Absent{});
    }
    return enabled->AsDword() == 0U ? Answer<std::string>(kRestricted) : ReadPolicy(machine, key);
}

/// The value of -ExecutionPolicy, in any of the forms that powershell.exe takes; absent: no such switch.
std::optional<std::string> PolicySwitch(std::string_view arguments)
{
    std::vector<std::string> words = Split(arguments, ' ');
    std::erase(words, std::string());
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
    {
        const std::string word = FoldCase(words[i]);
        if (word.size() < 2 || (word[0] != '-' && word[0] != '/'))
        {
            continue;
        }
        const std::string name = word.substr(1);
        const auto abbreviates = [&](std::string_view whole) { return whole.starts_with(name); };
        if (name == "ep" || (name.size() >= 2 && abbreviates("executionpolicy")))
        {
            std::string policy = words[i + 1];
            std::erase_if(policy, [](char c) { return c == '"' || c == '\''; });
            return policy;
        }
        if (abbreviates("command") || abbreviates("file") || abbreviates("encodedcommand") || name == "ec")
        {
            // What follows belongs to the script.
            break;
        }
    }
    return std::nullopt;
}

/// What the registry and Windows decide where no task says otherwise.
Answer<Decision> DecideBelowTasks(const MachineView& machine)
{
    for (const auto& [hive, scope] :
        {std::pair(kSystemHive, Scope::kAccount), std::pair(kMachineHive, Scope::kMachine)})
    {
        const std::string key = std::string(hive) + kShellKey;
        const auto policy = ReadPolicy(machine, key);
        if (policy.HasFailed())
        {
            return policy.Error();
        }
        if (policy)
        {
            return Decision{*policy, scope, JoinPath(key, kValueName)};
        }
    }
    const auto windows = machine.Ask(ReadWindowsVersion{});
    if (!windows)
    {
        return windows.HasFailed() ? windows.Error()
                                   : Failure{code::kNotSupported, "read the Windows version"};
    }
    return Decision{windows->server ? kRemoteSigned : kRestricted, Scope::kDefault, {}};
}

/// Absent: Group Policy does not decide.
Answer<Decision> DecideByGroupPolicy(const MachineView& machine)
{
    for (const auto& [hive, scope] : {std::pair(kMachineHive, Scope::kMachineGroupPolicy),
             std::pair(kSystemHive, Scope::kUserGroupPolicy)})
    {
        const std::string key = std::string(hive) + kGroupPolicyKey;
        const auto policy = ReadGroupPolicy(machine, key);
        if (policy.HasFailed())
        {
            return policy.Error();
        }
        if (policy)
        {
            return Decision{*policy, scope, key};
        }
    }
    return Absent{};
}

/// What decides for the backups: of several tasks the one that is worst off.
Answer<Decision> Decide(const MachineView& machine)
{
    const auto byPolicy = DecideByGroupPolicy(machine);
    if (!byPolicy.IsAbsent())
    {
        return byPolicy;
    }
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        return list.Error();
    }
    std::vector<Decision> decisions;
    bool needsRegistry = !list || list->tasks.empty();
    for (const ScheduledTask& task : list.ValueOr({}).tasks)
    {
        const auto definition = ReadTaskDefinition(task.xml);
        if (!definition)
        {
            return definition.Error();
        }
        for (const TaskAction& action : definition->actions)
        {
            const auto named = PolicySwitch(action.arguments);
            const auto policy = named ? KnownPolicy(*named) : std::nullopt;
            needsRegistry = needsRegistry || !policy;
            if (policy)
            {
                decisions.push_back({*policy, Scope::kTask, std::string(FileNameOf(task.path))});
            }
        }
        needsRegistry = needsRegistry || definition->actions.empty();
    }
    if (needsRegistry)
    {
        const auto below = DecideBelowTasks(machine);
        if (!below)
        {
            return below;
        }
        decisions.push_back(*below);
    }
    const auto rank = [](const Decision& decision) {
        return decision.policy == kRestricted ? 0 : decision.policy == kAllSigned ? 1 : 2;
    };
    return *std::ranges::min_element(decisions, {}, rank);
}

std::string CaseOf(const Decision& decision)
{
    const std::string base = decision.policy == kRestricted ? "restricted" : "all_signed";
    switch (decision.scope)
    {
    case Scope::kMachineGroupPolicy:
    case Scope::kUserGroupPolicy:
        return base + "_by_policy";
    case Scope::kTask:
        return base + "_in_task";
    case Scope::kDefault:
        return base + "_by_default";
    case Scope::kAccount:
    case Scope::kMachine:
        break;
    }
    return base;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    if (const auto end = WhyManagedByDpm(machine))
    {
        return *end;
    }
    const auto decision = Decide(machine);
    if (!decision)
    {
        return Outcome::CouldNotCheck(decision.Error());
    }
    Facts facts{
        {"policy", decision->policy}, {"scope", kScopeWords[static_cast<std::size_t>(decision->scope)]}};
    if (!decision->where.empty())
    {
        facts["where"] = decision->where;
    }
    if (!decision->IsProblem())
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = CaseOf(*decision);
    return Outcome::Problem(
        decision->policy == kRestricted ? Level::kError : Level::kWarning, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto decision = Decide(machine);
    if (!decision)
    {
        return RepairProposal::Guided();
    }
    if (!decision->IsProblem())
    {
        return RepairProposal::NothingToDo();
    }
    if (decision->scope == Scope::kMachineGroupPolicy || decision->scope == Scope::kUserGroupPolicy)
    {
        return RepairProposal::Guided("set_by_policy");
    }
    // Somebody asked for signed scripts on purpose, or wrote the policy into the task: both are for a person
    // to change.
    if (decision->policy == kAllSigned || decision->scope == Scope::kTask)
    {
        return RepairProposal::Guided();
    }
    SetRegistryValue change;
    change.path = {
        std::string(decision->scope == Scope::kAccount ? kSystemHive : kMachineHive) + kShellKey, kValueName};
    const auto before = machine.Ask(ReadRegistryValue{change.path});
    if (before.HasFailed())
    {
        return RepairProposal::Guided();
    }
    if (before)
    {
        change.before = *before;
    }
    change.after = RegistryValue::String(kRemoteSigned);
    change.lowersProtection = true;
    return RepairProposal::Planned({{std::move(change)}, false});
}

} // namespace

const RootCause& ExecutionPolicyRestricted()
{
    static constexpr RootCause kCause{
        "scheduling.execution_policy_restricted", "S-7", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::scheduling
