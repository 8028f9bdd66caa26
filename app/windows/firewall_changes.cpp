// SPDX-License-Identifier: MIT
#include "firewall.h"
#include "windows_changer.h"

namespace mars
{

Status WindowsChanger::SetFirewallRuleEnabled(const FirewallRuleId& rule, bool enabled)
{
    return SwitchFirewallRule(rule, enabled);
}

} // namespace mars
