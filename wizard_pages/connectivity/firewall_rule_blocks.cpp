// SPDX-License-Identifier: MIT
#include "firewall_rules.h"
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

Answer<std::vector<Blocker>> FindBlockers(const MachineView& machine)
{
    const auto firewall = ReadEffectiveFirewall(machine);
    if (!firewall)
    {
        return firewall.HasFailed() ? firewall.Error() : Failure{code::kNotSupported, "read the firewall"};
    }
    std::vector<Blocker> blockers;
    for (const EffectiveRule& rule : firewall->rules)
    {
        if (rule.rule.blocks && firewall->AppliesNow(rule.rule) && Concerns(rule.rule))
        {
            blockers.push_back(BlockerOf(rule));
        }
    }
    for (const EffectiveProfile& profile : firewall->profiles)
    {
        const bool allowed = std::ranges::any_of(firewall->rules, [&](const EffectiveRule& rule) {
            return !rule.rule.blocks && (rule.rule.profiles & profile.profile.profile) != 0
                && LetsOut(rule.rule);
        });
        if (profile.profile.active && profile.profile.enabled && profile.profile.outboundBlocked && !allowed)
        {
            const std::string name = ProfileWord(profile.profile.profile);
            blockers.push_back({{{}, "outbound_blocked_" + name, {}}, {}, profile.outboundByPolicy});
        }
    }
    return blockers;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto blockers = FindBlockers(machine);
    if (!blockers)
    {
        return Outcome::CouldNotCheck(blockers.Error());
    }
    if (blockers->empty())
    {
        return Outcome::Passed();
    }
    std::vector<Finding> findings;
    std::ranges::transform(*blockers, std::back_inserter(findings), &Blocker::finding);
    Facts facts{{"rules", std::move(findings)}};
    const bool byPolicy = std::ranges::any_of(*blockers, &Blocker::byPolicy);
    const bool repairable =
        std::ranges::all_of(*blockers, [](const Blocker& blocker) { return blocker.mayDisable.has_value(); });
    facts["case"] = byPolicy ? "by_policy" : repairable ? "agents_own" : "problem";
    return Outcome::Problem(Level::kError, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto blockers = FindBlockers(machine);
    if (!blockers)
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const Blocker& blocker : *blockers)
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
