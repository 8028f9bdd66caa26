// SPDX-License-Identifier: MIT
#include "mount_failures.h"
#include "questions/registry.h"
#include "questions/volumes.h"
#include "root_cause.h"

namespace mars::restore
{
namespace
{

const RegistryPath& RegistryPlace()
{
    static const RegistryPath path{
        "HKLM\\SYSTEM\\CurrentControlSet\\Services\\partmgr\\Parameters", "SanPolicy"};
    return path;
}

/// What Windows does with new disks, and who said so.
struct Policy
{
    SanPolicy policy = SanPolicy::kUnknown;
    /// "storage_setting", "registry", or "default": nobody ever set it, and the default of no edition is
    /// offline.
    const char* source = "default";
};

Answer<Policy> ReadRegistryPolicy(const MachineView& machine)
{
    const auto value = machine.Ask(ReadRegistryValue{RegistryPlace()});
    if (value.HasFailed())
    {
        return value.Error();
    }
    if (value.IsAbsent())
    {
        return Policy{};
    }
    const auto number = value->AsDword();
    if (!number || *number < 1 || *number >= EnumWords<SanPolicy>::Words().size())
    {
        return Failure{code::kInvalidData, RegistryPlace().key + "\\" + RegistryPlace().name};
    }
    return Policy{static_cast<SanPolicy>(*number), "registry"};
}

Answer<Policy> ReadPolicy(const MachineView& machine)
{
    const auto setting = machine.Ask(ReadNewDiskPolicy{});
    if (setting && setting->policy != SanPolicy::kUnknown)
    {
        return Policy{setting->policy, "storage_setting"};
    }
    return ReadRegistryPolicy(machine);
}

bool IsOffline(SanPolicy policy)
{
    return policy == SanPolicy::kOfflineAll || policy == SanPolicy::kOfflineInternal;
}

/// Backups run under such a policy, most of them; it is an error once a disk of the agent failed.
Outcome Problem(const MachineView& machine, Facts facts)
{
    const auto failed = FindMountFailure(machine,
        {"IscsiMountFailure", "CBPSourceSnapshotFailedVSSProviderVETO", "is not GPT for SSBStaging.vhd"});
    facts["keeps_offline"] = true;
    if (failed)
    {
        facts["case"] = "mount_failed";
        facts["mount_failed"] = *failed;
    }
    return Outcome::Problem(failed ? Level::kError : Level::kWarning, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto policy = ReadPolicy(machine);
    if (!policy)
    {
        return Outcome::CouldNotCheck(policy.Error());
    }
    Facts facts{{"source", policy->source}};
    if (policy->policy == SanPolicy::kUnknown)
    {
        facts["case"] = "default";
        return Outcome::Passed(std::move(facts));
    }
    facts["policy"] = std::string(WordOf(policy->policy));
    facts["policy_number"] = static_cast<std::int64_t>(policy->policy);
    if (IsOffline(policy->policy))
    {
        return Problem(machine, std::move(facts));
    }
    if (policy->policy == SanPolicy::kOfflineShared)
    {
        facts["case"] = "offline_shared";
    }
    return Outcome::Passed(std::move(facts));
}

/// Never OnlineAll: that could write to a disk that another server uses.
RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto policy = ReadPolicy(machine);
    if (!policy)
    {
        return RepairProposal::Guided();
    }
    if (!IsOffline(policy->policy))
    {
        return RepairProposal::NothingToDo();
    }
    Plan plan;
    if (policy->source == std::string_view("registry"))
    {
        const auto wanted = RegistryValue::Dword(static_cast<std::uint32_t>(SanPolicy::kOfflineShared));
        const auto now = RegistryValue::Dword(static_cast<std::uint32_t>(policy->policy));
        plan.changes.push_back(SetRegistryValue{RegistryPlace(), now, wanted, false, {}});
    }
    else
    {
        plan.changes.push_back(SetSanPolicy{policy->policy, SanPolicy::kOfflineShared});
    }
    return RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& SanPolicyOffline()
{
    static constexpr RootCause kCause{
        "restore.san_policy_offline", "R-6", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::restore
