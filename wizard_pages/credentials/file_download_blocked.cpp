// SPDX-License-Identifier: MIT
#include "internet_zones.h"
#include "questions/registry.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::credentials
{
namespace
{

struct Blocked
{
    ZoneAccount account;
    DownloadSetting setting;
};

struct Found
{
    std::vector<Blocked> blocked;
    std::optional<Failure> incomplete;
};

Answer<Found> Find(const MachineView& machine)
{
    const auto accounts = ZoneAccounts(machine);
    if (!accounts)
    {
        return accounts.Error();
    }
    Found found;
    for (const ZoneAccount& account : *accounts)
    {
        const auto setting = ReadDownloadSetting(machine, account);
        if (!setting)
        {
            found.incomplete = setting.Error();
        }
        else if (setting->blocked)
        {
            found.blocked.push_back({account, *setting});
        }
    }
    return found;
}

bool AllByPolicy(const Found& found)
{
    return std::ranges::all_of(found.blocked, [](const Blocked& one) { return one.setting.byPolicy; });
}

/// Internet Explorer's enhanced security, which servers come with, sets the value for each user. The agent
/// works as SYSTEM, so a user's own value matters only while that user registers the server or downloads.
bool OnlyUsersOwn(const Found& found)
{
    return std::ranges::none_of(
        found.blocked, [](const Blocked& one) { return one.setting.byPolicy || one.account.isSystem; });
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto found = Find(machine);
    if (!found)
    {
        return Outcome::CouldNotCheck(found.Error());
    }
    const bool onlyUsersOwn = OnlyUsersOwn(*found);
    if (onlyUsersOwn && found->incomplete)
    {
        return Outcome::CouldNotCheck(*found->incomplete);
    }
    if (found->blocked.empty())
    {
        return Outcome::Passed();
    }
    std::vector<Finding> accounts;
    for (const auto& [account, setting] : found->blocked)
    {
        accounts.push_back({account.name, setting.byPolicy ? "downloads_off_by_policy" : "downloads_off",
            fmt::format("{}\\{}", setting.where.key, setting.where.name)});
    }
    Facts facts{{"accounts", std::move(accounts)}};
    if (onlyUsersOwn)
    {
        facts["case"] = "only_user";
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    facts["case"] = AllByPolicy(*found) ? "by_policy" : "problem";
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

/// The least dangerous first: trusted sites let the agent's downloads through and leave all others closed.
bool TrustedSitesComeFirst(const MachineView& machine, const Given& given, const ZoneAccount& account)
{
    const auto sites = ReadTrustedSites(machine, account, given);
    return sites && !sites->missing.empty() && !sites->byPolicy;
}

RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome&)
{
    const auto found = Find(machine);
    if (!found)
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const auto& [account, setting] : found->blocked)
    {
        if (setting.byPolicy || !account.mayWrite)
        {
            continue;
        }
        if (TrustedSitesComeFirst(machine, given, account))
        {
            return RepairProposal::Held("trusted_sites_first");
        }
        const RegistryPath path = OwnDownloadSetting(account);
        const auto before = machine.Ask(ReadRegistryValue{path});
        if (before.HasFailed())
        {
            return RepairProposal::Guided();
        }
        plan.changes.push_back(SetRegistryValue{
            path, before ? std::optional(*before) : std::nullopt, RegistryValue::Dword(0), true, {}});
    }
    if (!plan.changes.empty())
    {
        return RepairProposal::Planned(std::move(plan));
    }
    return found->blocked.empty() ? RepairProposal::NothingToDo()
        : AllByPolicy(*found)     ? RepairProposal::Guided("set_by_policy")
                                  : RepairProposal::Guided("other_users_settings");
}

} // namespace

const RootCause& FileDownloadBlocked()
{
    static constexpr RootCause kCause{
        "credentials.file_download_blocked", "V-8", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::credentials
