// SPDX-License-Identifier: MIT
#include "firewall_rules.h"
#include "questions/firewall.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

/// What blocks the agent: a rule, or a profile that lets nothing out.
struct Blocker
{
    Finding finding;
    /// The rule, where switching it off is a repair.
    std::optional<FirewallRule> mayDisable;
    bool byPolicy = false;
};

Blocker BlockerOf(const EffectiveRule& rule)
{
    const std::string what = !rule.rule.program.empty() ? rule.rule.program
        : !rule.rule.service.empty()                    ? rule.rule.service
        : rule.rule.remotePorts.empty()                 ? std::string("*")
                                                        : rule.rule.remotePorts;
    Blocker blocker{{rule.rule.name, rule.byPolicy ? "policy_rule" : "local_rule", what}, {}, rule.byPolicy};
    if (!rule.byPolicy && IsAgentsOwn(rule.rule))
    {
        blocker.mayDisable = rule.rule;
    }
    return blocker;
}

struct Found
{
    /// The firewall does not run, so nothing of it blocks.
    bool stopped = false;
    std::vector<Blocker> blockers;
    /// Rules of which nobody can tell whether the agent's connections are among theirs.
    std::vector<Finding> unsure;
};

Answer<Found> Look(const MachineView& machine)
{
    const auto firewall = ReadEffectiveFirewall(machine);
    if (!firewall)
    {
        return firewall.HasFailed() ? firewall.Error() : Failure{code::kNotSupported, "read the firewall"};
    }
    Found found;
    found.stopped = firewall->stopped;
    for (const EffectiveRule& rule : firewall->rules)
    {
        if (!rule.rule.blocks || !firewall->AppliesNow(rule))
        {
            continue;
        }
        if (Concerns(rule.rule))
        {
            found.blockers.push_back(BlockerOf(rule));
        }
        else if (MayConcern(rule.rule))
        {
            found.unsure.push_back(BlockerOf(rule).finding);
        }
    }
    for (const EffectiveProfile& profile : firewall->profiles)
    {
        const bool allowed = std::ranges::any_of(firewall->rules, [&](const EffectiveRule& rule) {
            return !rule.rule.blocks && (rule.rule.profiles & profile.profile.profile) != 0
                && (rule.byPolicy || profile.localRules) && LetsOut(rule.rule);
        });
        if (profile.profile.active && profile.profile.enabled && profile.profile.outboundBlocked && !allowed)
        {
            const std::string name = ProfileWord(profile.profile.profile);
            found.blockers.push_back({{{}, "outbound_blocked_" + name, {}}, {}, profile.outboundByPolicy});
        }
    }
    return found;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto found = Look(machine);
    if (!found)
    {
        return Outcome::CouldNotCheck(found.Error());
    }
    if (found->stopped)
    {
        return Outcome::Passed({{"case", "stopped"}});
    }
    if (found->blockers.empty() && !found->unsure.empty())
    {
        return Outcome::Passed({{"case", "narrowed"}, {"rules", found->unsure}});
    }
    if (found->blockers.empty())
    {
        return Outcome::Passed();
    }
    const std::vector<Blocker>& blockers = found->blockers;
    std::vector<Finding> findings;
    std::ranges::transform(blockers, std::back_inserter(findings), &Blocker::finding);
    Facts facts{{"rules", std::move(findings)}};
    const bool byPolicy = std::ranges::any_of(blockers, &Blocker::byPolicy);
    const bool repairable =
        std::ranges::all_of(blockers, [](const Blocker& blocker) { return blocker.mayDisable.has_value(); });
    facts["case"] = byPolicy ? "by_policy" : repairable ? "agents_own" : "problem";
    return Outcome::Problem(Level::kError, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto found = Look(machine);
    if (!found)
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const Blocker& blocker : found->blockers)
    {
        if (blocker.byPolicy)
        {
            return RepairProposal::Guided("set_by_policy");
        }
        if (!blocker.mayDisable)
        {
            return RepairProposal::Guided();
        }
        const FirewallRule& rule = *blocker.mayDisable;
        const SetFirewallRule change{rule.name, rule.program, rule.service, true, false};
        const bool isListed = std::ranges::find(plan.changes, Change(change)) != plan.changes.end();
        if (!isListed)
        {
            plan.changes.push_back(change);
        }
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& FirewallRuleBlocks()
{
    static constexpr RootCause kCause{
        "connectivity.firewall_rule_blocks", "N-9", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::connectivity
