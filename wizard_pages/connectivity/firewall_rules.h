// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "questions/firewall.h"
#include "view.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The Windows Firewall as it works on this computer: its own rules and those that Group Policy adds.
namespace mars::connectivity
{

struct EffectiveRule
{
    FirewallRule rule;
    bool byPolicy = false;
};

struct EffectiveProfile
{
    FirewallProfile profile;
    /// Group Policy decides what goes out.
    bool outboundByPolicy = false;
    /// The rules of this computer count, not only those of Group Policy.
    bool localRules = true;
};

struct EffectiveFirewall
{
    /// The service of the firewall is stopped: no rule is in force.
    bool stopped = false;
    std::vector<EffectiveProfile> profiles;
    std::vector<EffectiveRule> rules;

    /// A profile that is active and switched on has this rule.
    bool AppliesNow(const EffectiveRule& rule) const;
    /// A rule lets cbengine.exe or the service obengine out by HTTPS, and none takes that back.
    bool AllowsTheAgent() const;
};

Answer<EffectiveFirewall> ReadEffectiveFirewall(const MachineView& machine);

/// The rule names cbengine.exe or the service obengine.
bool IsAgentsOwn(const FirewallRule& rule);
/// IsAgentsOwn, or the rule is for everybody's TCP connections to port 443 of any computer.
bool Concerns(const FirewallRule& rule);
/// The rule may concern the agent, but has conditions that cannot be told to be fulfilled: network adapters,
/// users, app packages, "the internet" and so on.
bool MayConcern(const FirewallRule& rule);
/// The agent may reach port 443 of at least some computers by this rule.
bool LetsOut(const FirewallRule& rule);

/// "domain", "private", "public".
std::string ProfileWord(std::uint32_t profile);

/// A rule as Group Policy stores it: "v2.30|Action=Block|Active=TRUE|Dir=Out|...". Nothing for a rule that is
/// switched off, for incoming connections, or not understood.
std::optional<FirewallRule> ParsePolicyRule(std::string_view text);

} // namespace mars::connectivity
