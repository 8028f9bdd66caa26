// SPDX-License-Identifier: MIT
#include "endpoints.h"
#include "internet_zones.h"
#include "questions/registry.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::credentials
{
namespace
{

struct Missing
{
    ZoneAccount account;
    TrustedSites sites;
};

struct Found
{
    std::vector<Missing> missing;
    std::optional<Failure> incomplete;
};

Answer<Found> Find(const MachineView& machine, const Given& given)
{
    const auto accounts = ZoneAccounts(machine);
    if (!accounts)
    {
        return accounts.Error();
    }
    Found found;
    for (const ZoneAccount& account : *accounts)
    {
        const auto sites = ReadTrustedSites(machine, account, given);
        if (!sites)
        {
            found.incomplete = sites.Error();
        }
        else if (!sites->missing.empty())
        {
            found.missing.push_back({account, *sites});
        }
    }
    return found;
}

std::string Joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
    {
        text += (text.empty() ? "" : " ") + name;
    }
    return text;
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    const auto found = Find(machine, given);
    if (!found)
    {
        return Outcome::CouldNotCheck(found.Error());
    }
    if (found->missing.empty())
    {
        // The steps name the sites in every case.
        Facts facts{{"sites", EndpointsOf(given.cloud).trustedSites}};
        return found->incomplete ? Outcome::CouldNotCheck(*found->incomplete, std::move(facts))
                                 : Outcome::Passed(std::move(facts));
    }
    std::vector<Finding> accounts;
    std::vector<std::string> all;
    for (const auto& [account, sites] : found->missing)
    {
        accounts.push_back({account.name, "sites_missing", Joined(sites.missing)});
        std::ranges::copy_if(sites.missing, std::back_inserter(all),
            [&](const std::string& site) { return std::ranges::find(all, site) == all.end(); });
    }
    const bool byPolicy =
        std::ranges::any_of(found->missing, [](const Missing& one) { return one.sites.byPolicy; });
    Facts facts{{"accounts", std::move(accounts)}, {"sites", std::move(all)}};
    facts["case"] = byPolicy ? "by_policy" : "problem";
    return Outcome::Problem(Level::kAdvice, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given& given, const Outcome&)
{
    const auto found = Find(machine, given);
    if (!found)
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const auto& [account, sites] : found->missing)
    {
        if (sites.byPolicy)
        {
            return RepairProposal::Guided("set_by_policy");
        }
        for (const std::string& site : account.mayWrite ? sites.missing : std::vector<std::string>())
        {
            const RegistryPath path = TrustedSiteValue(sites, site);
            // Somebody put the site into another zone on purpose.
            if (!machine.Ask(ReadRegistryValue{path}).IsAbsent())
            {
                return RepairProposal::Guided("site_in_other_zone");
            }
            plan.changes.push_back(
                SetRegistryValue{path, std::nullopt, RegistryValue::Dword(kTrustedZone), true, {}});
        }
    }
    if (!plan.changes.empty())
    {
        return RepairProposal::Planned(std::move(plan));
    }
    return found->missing.empty() ? RepairProposal::NothingToDo()
                                  : RepairProposal::Guided("other_users_settings");
}

} // namespace

const RootCause& TrustedSitesMissing()
{
    static constexpr RootCause kCause{
        "credentials.trusted_sites_missing", "V-9", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::credentials
