// SPDX-License-Identifier: MIT
#include "changes/firewall.h"

#include "questions/firewall.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

namespace
{

Status SwitchRule(const SetFirewallRule& change, bool enabled, const ChangeContext& context)
{
    return context.changer.SetFirewallRuleEnabled({change.rule, change.program, change.service}, enabled);
}

} // namespace

Answer<ChangeState> State(const SetFirewallRule& change, const Machine& machine, const Wait& wait)
{
    const auto firewall = machine.Ask(ReadFirewall{}, wait);
    if (!firewall)
    {
        return WhyNoValue(firewall, change.rule);
    }
    const bool enabled = std::ranges::any_of(firewall->rules, [&](const FirewallRule& rule) {
        return rule.blocks && rule.name == change.rule && EqualsIgnoreCase(rule.program, change.program)
            && EqualsIgnoreCase(rule.service, change.service);
    });
    return StateOf(enabled, change.before, change.after);
}

Status Make(const SetFirewallRule& change, const ChangeContext& context)
{
    return SwitchRule(change, change.after, context);
}

Status TakeBack(const SetFirewallRule& change, const ChangeContext& context)
{
    return SwitchRule(change, change.before, context);
}

} // namespace mars::changes
