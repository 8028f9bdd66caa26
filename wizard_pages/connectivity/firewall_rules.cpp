// SPDX-License-Identifier: MIT
#include "firewall_rules.h"

#include "agent.h"
#include "expand.h"
#include "number.h"
#include "questions/firewall.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars::connectivity
{
namespace
{

constexpr const char* kService = "MpsSvc";
constexpr const char* kPolicyKey = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
constexpr std::uint32_t kTcp = 6;
constexpr std::uint32_t kAnyProtocol = 256;
constexpr std::uint32_t kAgentsPort = 443;

struct ProfileName
{
    std::uint32_t profile;
    const char* word;
    /// Below the policy's key.
    const char* key;
};
constexpr std::array kProfiles{ProfileName{firewall_profile::kDomain, "domain", "DomainProfile"},
    ProfileName{firewall_profile::kPrivate, "private", "PrivateProfile"},
    ProfileName{firewall_profile::kPublic, "public", "PublicProfile"}};

/// "80,443,1000-2000"; empty and "*": any.
bool IncludesHttps(std::string_view ports)
{
    if (Trim(ports).empty() || Trim(ports) == "*")
    {
        return true;
    }
    return std::ranges::any_of(Split(ports, ','), [](const std::string& part) {
        const std::size_t dash = part.find('-');
        const auto from = ParseNumber<std::uint32_t>(Trim(std::string_view(part).substr(0, dash)));
        const auto to = dash == std::string::npos
            ? from
            : ParseNumber<std::uint32_t>(Trim(std::string_view(part).substr(dash + 1)));
        return from && to && *from <= kAgentsPort && kAgentsPort <= *to;
    });
}

bool IsAny(std::string_view text)
{
    return Trim(text).empty() || Trim(text) == "*";
}

/// Every address of IPv4, as people write it who do not know of "any".
bool IsEverywhere(std::string_view addresses)
{
    constexpr std::array<std::string_view, 3> kAll{"0.0.0.0-255.255.255.255", "0.0.0.0/0", "0.0.0.0/0.0.0.0"};
    const auto isAll = [&](const std::string& part) {
        return std::ranges::find(kAll, Trim(part)) != kAll.end();
    };
    return IsAny(addresses) || std::ranges::any_of(Split(addresses, ','), isAll);
}

/// What the firewall takes for outside of the company.
bool IsInternet(std::string_view addresses)
{
    return std::ranges::any_of(Split(addresses, ','),
        [](const std::string& part) { return EqualsIgnoreCase(Trim(part), "Internet"); });
}

bool CarriesHttps(const FirewallRule& rule)
{
    return (rule.protocol == kTcp || rule.protocol == kAnyProtocol) && IncludesHttps(rule.remotePorts);
}

std::uint32_t ProfileBit(std::string_view word)
{
    for (const ProfileName& name : kProfiles)
    {
        if (EqualsIgnoreCase(word, name.word))
        {
            return name.profile;
        }
    }
    return 0;
}

/// "RPort=443" and "RPort2_10=8000-8010", "RA4=10.0.0.0/8" and so on, each as often as there are values.
void AddValue(std::string& list, std::string_view value)
{
    list += (list.empty() ? "" : ",") + std::string(value);
}

Answer<std::optional<std::uint32_t>> ReadNumber(
    const MachineView& machine, const std::string& key, const char* name)
{
    const auto value = machine.Ask(ReadRegistryValue{{key, name}});
    if (value.HasFailed())
    {
        return value.Error();
    }
    return value ? value->AsDword() : std::nullopt;
}

/// For a question that older recordings do not hold: judged as before there was this question.
template <class T>
bool IsNotRecorded(const Answer<T>& answer)
{
    return answer.HasFailed() && answer.Error().code == code::kNotRecorded;
}

Answer<EffectiveProfile> WithPolicy(const MachineView& machine, const FirewallProfile& local)
{
    EffectiveProfile effective;
    effective.profile = local;
    for (const ProfileName& name : kProfiles)
    {
        if (name.profile != local.profile)
        {
            continue;
        }
        const std::string key = JoinPath(kPolicyKey, name.key);
        const auto enabled = ReadNumber(machine, key, "EnableFirewall");
        const auto action = ReadNumber(machine, key, "DefaultOutboundAction");
        const auto merge = ReadNumber(machine, key, "AllowLocalPolicyMerge");
        if (!enabled || !action)
        {
            return enabled ? action.Error() : enabled.Error();
        }
        if (!merge && !IsNotRecorded(merge))
        {
            return merge.Error();
        }
        effective.localRules = !merge || merge->value_or(1) != 0;
        effective.profile.enabled = *enabled ? **enabled != 0 : local.enabled;
        effective.outboundByPolicy = action->has_value();
        effective.profile.outboundBlocked = *action ? **action != 0 : local.outboundBlocked;
    }
    return effective;
}

/// The rules of Group Policy, with the variables in their programs replaced.
Answer<std::vector<FirewallRule>> ReadPolicyRules(const MachineView& machine)
{
    const auto content = machine.Ask(ListRegistryKey{JoinPath(kPolicyKey, "FirewallRules")});
    if (content.HasFailed())
    {
        return content.Error();
    }
    std::vector<FirewallRule> rules;
    for (const auto& [name, value] : content.ValueOr({}).values)
    {
        auto rule = ParsePolicyRule(value.AsString().value_or(std::string()));
        if (rule)
        {
            const auto program = ExpandVariables(machine, rule->program);
            rule->program = program ? *program : rule->program;
            rules.push_back(std::move(*rule));
        }
    }
    return rules;
}

bool IsSameRule(const FirewallRule& a, const FirewallRule& b)
{
    return a.name == b.name && a.blocks == b.blocks && EqualsIgnoreCase(a.program, b.program)
        && EqualsIgnoreCase(a.service, b.service);
}

/// Takes a member of a rule's text; false where FirewallRule has none of that name.
bool TakeMember(FirewallRule& rule, std::string_view name, const std::string& value)
{
    if (name == "action")
    {
        rule.blocks = EqualsIgnoreCase(value, "Block");
    }
    else if (name == "protocol")
    {
        rule.protocol = ParseNumber<std::uint32_t>(Trim(value)).value_or(0);
    }
    else if (name == "profile")
    {
        rule.profiles |= ProfileBit(value);
    }
    else if (name == "app")
    {
        rule.program = value;
    }
    else if (name == "svc")
    {
        rule.service = value;
    }
    else if (name == "name")
    {
        rule.name = value;
    }
    else if (name == "rport" || name.starts_with("rport2_"))
    {
        AddValue(rule.remotePorts, value);
    }
    else if (name == "ra4" || name == "ra6" || name.starts_with("ra42_") || name.starts_with("ra62_"))
    {
        AddValue(rule.remoteAddresses, value);
    }
    else
    {
        return false;
    }
    return true;
}

/// Members of a rule's text that do not decide which connections it is for ([MS-GPFAS] 2.2.2).
bool IsNoCondition(std::string_view name)
{
    constexpr std::array<std::string_view, 6> kNames{"desc", "embedctxt", "edge", "defer", "lsm", "skipver"};
    return std::ranges::find(kNames, name) != kNames.end();
}

} // namespace

bool EffectiveFirewall::AppliesNow(const EffectiveRule& rule) const
{
    return std::ranges::any_of(profiles, [&](const EffectiveProfile& effective) {
        const FirewallProfile& profile = effective.profile;
        return profile.active && profile.enabled && (rule.rule.profiles & profile.profile) != 0
            && (rule.byPolicy || effective.localRules);
    });
}

bool EffectiveFirewall::AllowsTheAgent() const
{
    const auto anyOf = [&](auto condition) {
        return std::ranges::any_of(
            rules, [&](const EffectiveRule& rule) { return AppliesNow(rule) && condition(rule.rule); });
    };
    return anyOf([](const FirewallRule& rule) { return !rule.blocks && IsAgentsOwn(rule) && LetsOut(rule); })
        && !anyOf([](const FirewallRule& rule) { return rule.blocks && Concerns(rule); });
}

Answer<EffectiveFirewall> ReadEffectiveFirewall(const MachineView& machine)
{
    // Without its service Windows cannot even tell the rules (error 1753).
    const auto service = machine.Ask(QueryService{kService});
    if (service && service->state == ServiceState::kStopped)
    {
        EffectiveFirewall firewall;
        firewall.stopped = true;
        return firewall;
    }
    const auto local = machine.Ask(ReadFirewall{});
    if (!local)
    {
        return local.HasFailed() ? local.Error() : Failure{code::kNotSupported, "read the firewall"};
    }
    const auto policy = ReadPolicyRules(machine);
    if (!policy)
    {
        return policy.Error();
    }
    EffectiveFirewall firewall;
    for (const FirewallProfile& profile : local->profiles)
    {
        const auto effective = WithPolicy(machine, profile);
        if (!effective)
        {
            return effective.Error();
        }
        firewall.profiles.push_back(*effective);
    }
    for (const FirewallRule& rule : *policy)
    {
        firewall.rules.push_back({rule, true});
    }
    for (const FirewallRule& rule : local->rules)
    {
        // A rule of Group Policy may be listed among the others.
        const bool isKnown =
            std::ranges::any_of(*policy, [&](const FirewallRule& other) { return IsSameRule(rule, other); });
        if (!isKnown)
        {
            firewall.rules.push_back({rule, false});
        }
    }
    return firewall;
}

bool IsAgentsOwn(const FirewallRule& rule)
{
    return EqualsIgnoreCase(FileNameOf(rule.program), "cbengine.exe")
        || EqualsIgnoreCase(rule.service, kAgentService);
}

bool Concerns(const FirewallRule& rule)
{
    const bool isForAll = IsAny(rule.program) && IsAny(rule.service) && IsEverywhere(rule.remoteAddresses);
    return !rule.narrowed.value_or(false) && (IsAgentsOwn(rule) || (isForAll && CarriesHttps(rule)));
}

bool MayConcern(const FirewallRule& rule)
{
    const bool isForAll = IsAny(rule.program) && IsAny(rule.service)
        && (IsEverywhere(rule.remoteAddresses) || IsInternet(rule.remoteAddresses));
    return !Concerns(rule) && (IsAgentsOwn(rule) || (isForAll && CarriesHttps(rule)));
}

bool LetsOut(const FirewallRule& rule)
{
    const bool isForAll = IsAny(rule.program) && IsAny(rule.service);
    return (IsAgentsOwn(rule) || isForAll) && CarriesHttps(rule);
}

std::string ProfileWord(std::uint32_t profile)
{
    const auto found = std::ranges::find(kProfiles, profile, &ProfileName::profile);
    return found == kProfiles.end() ? std::string() : found->word;
}

std::optional<FirewallRule> ParsePolicyRule(std::string_view text)
{
    FirewallRule rule;
    rule.narrowed = false;
    bool active = false;
    bool outbound = false;
    for (const std::string& part : Split(text, '|'))
    {
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos)
        {
            continue;
        }
        const std::string name = FoldCase(std::string_view(part).substr(0, equals));
        const std::string value(std::string_view(part).substr(equals + 1));
        if (name == "active")
        {
            active = EqualsIgnoreCase(value, "TRUE");
        }
        else if (name == "dir")
        {
            outbound = EqualsIgnoreCase(value, "Out");
        }
        else if (!TakeMember(rule, name, value) && !IsNoCondition(name))
        {
            rule.narrowed = true;
        }
    }
    if (rule.profiles == 0)
    {
        rule.profiles = firewall_profile::kDomain | firewall_profile::kPrivate | firewall_profile::kPublic;
    }
    return active && outbound ? std::optional(std::move(rule)) : std::nullopt;
}

} // namespace mars::connectivity
