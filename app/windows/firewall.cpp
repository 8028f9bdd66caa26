// SPDX-License-Identifier: MIT
#include "firewall.h"

#include "error.h"
#include "guids.h"
#include "questions/firewall.h"

#include <netfw.h>

#include <array>
#include <functional>

namespace mars
{

namespace
{

Failure ComFailure(HRESULT result, std::string_view tried)
{
    return FailureFrom(static_cast<std::uint32_t>(result), tried);
}

Answer<ComPtr<INetFwPolicy2>> OpenPolicy()
{
    ComPtr<INetFwPolicy2> policy;
    const HRESULT result = CoCreateInstance(guid::kNetFwPolicy2, nullptr, CLSCTX_INPROC_SERVER,
        guid::kINetFwPolicy2, reinterpret_cast<void**>(policy.Receive()));
    if (FAILED(result) || !policy)
    {
        return ComFailure(FAILED(result) ? result : E_FAIL, "INetFwPolicy2");
    }
    return policy;
}

Answer<FirewallProfile> ReadProfile(INetFwPolicy2& policy, NET_FW_PROFILE_TYPE2 type, long active)
{
    VARIANT_BOOL enabled = VARIANT_FALSE;
    HRESULT result = policy.get_FirewallEnabled(type, &enabled);
    if (FAILED(result))
    {
        return ComFailure(result, "INetFwPolicy2::get_FirewallEnabled");
    }
    NET_FW_ACTION outbound = NET_FW_ACTION_ALLOW;
    result = policy.get_DefaultOutboundAction(type, &outbound);
    if (FAILED(result))
    {
        return ComFailure(result, "INetFwPolicy2::get_DefaultOutboundAction");
    }
    return FirewallProfile{static_cast<std::uint32_t>(type), (active & static_cast<long>(type)) != 0,
        enabled != VARIANT_FALSE, outbound == NET_FW_ACTION_BLOCK};
}

Answer<std::vector<FirewallProfile>> ReadProfiles(INetFwPolicy2& policy)
{
    long active = 0;
    const HRESULT result = policy.get_CurrentProfileTypes(&active);
    if (FAILED(result))
    {
        return ComFailure(result, "INetFwPolicy2::get_CurrentProfileTypes");
    }
    std::vector<FirewallProfile> profiles;
    for (const auto type : {NET_FW_PROFILE2_DOMAIN, NET_FW_PROFILE2_PRIVATE, NET_FW_PROFILE2_PUBLIC})
    {
        const auto profile = ReadProfile(policy, type, active);
        if (!profile)
        {
            return profile.Error();
        }
        profiles.push_back(*profile);
    }
    return profiles;
}

/// Calls visit(rule) for each rule of this computer until it answers with a failure.
Status ForEachRule(INetFwPolicy2& policy, const std::function<Status(INetFwRule&)>& visit)
{
    ComPtr<INetFwRules> rules;
    HRESULT result = policy.get_Rules(rules.Receive());
    if (FAILED(result) || !rules)
    {
        return ComFailure(FAILED(result) ? result : E_FAIL, "INetFwPolicy2::get_Rules");
    }
    ComPtr<IUnknown> unknown;
    result = rules->get__NewEnum(unknown.Receive());
    ComPtr<IEnumVARIANT> enumerator;
    if (SUCCEEDED(result) && unknown)
    {
        result = unknown->QueryInterface(guid::kIEnumVariant, reinterpret_cast<void**>(enumerator.Receive()));
    }
    if (FAILED(result) || !enumerator)
    {
        return ComFailure(FAILED(result) ? result : E_FAIL, "INetFwRules::get__NewEnum");
    }
    for (;;)
    {
        VARIANT entry;
        VariantInit(&entry);
        ULONG fetched = 0;
        result = enumerator->Next(1, &entry, &fetched);
        if (result != S_OK || fetched == 0)
        {
            return FAILED(result) ? Status(ComFailure(result, "IEnumVARIANT::Next")) : Status::Done();
        }
        ComPtr<INetFwRule> rule;
        if (entry.vt == VT_DISPATCH && entry.pdispVal != nullptr)
        {
            entry.pdispVal->QueryInterface(guid::kINetFwRule, reinterpret_cast<void**>(rule.Receive()));
        }
        VariantClear(&entry);
        if (rule)
        {
            if (Status visited = visit(*rule.Get()); !visited)
            {
                return visited;
            }
        }
    }
}

using TextGetter = HRESULT (STDMETHODCALLTYPE INetFwRule::*)(BSTR*);

std::string TextOf(INetFwRule& rule, TextGetter getter)
{
    Bstr text;
    return SUCCEEDED((rule.*getter)(text.Receive())) ? text.Text() : std::string();
}

/// "*" of the firewall is "any", which is empty here.
std::string UnlessAny(std::string text)
{
    return text == "*" ? std::string() : text;
}

bool IsOutbound(INetFwRule& rule)
{
    NET_FW_RULE_DIRECTION direction = NET_FW_RULE_DIR_IN;
    return SUCCEEDED(rule.get_Direction(&direction)) && direction == NET_FW_RULE_DIR_OUT;
}

bool IsEnabled(INetFwRule& rule)
{
    VARIANT_BOOL enabled = VARIANT_FALSE;
    return SUCCEEDED(rule.get_Enabled(&enabled)) && enabled != VARIANT_FALSE;
}

bool Blocks(INetFwRule& rule)
{
    NET_FW_ACTION action = NET_FW_ACTION_ALLOW;
    return SUCCEEDED(rule.get_Action(&action)) && action == NET_FW_ACTION_BLOCK;
}

/// A condition that is set, or cannot be read and so may be.
template <class Rule>
bool AsksFor(Rule& rule, HRESULT (STDMETHODCALLTYPE Rule::*getter)(BSTR*), std::string_view any)
{
    Bstr text;
    const HRESULT result = (rule.*getter)(text.Receive());
    const std::string condition = text.Text();
    return FAILED(result) || (!condition.empty() && !EqualsIgnoreCase(condition, any));
}

bool AsksForAdapters(INetFwRule& rule)
{
    VARIANT adapters;
    VariantInit(&adapters);
    const HRESULT result = rule.get_Interfaces(&adapters);
    const bool some = adapters.vt != VT_EMPTY && adapters.vt != VT_NULL;
    VariantClear(&adapters);
    return FAILED(result) || some;
}

/// App packages, users, other computers, and connections with IPsec.
bool AsksForSender(INetFwRule3& rule)
{
    long secure = 0;
    return AsksFor(rule, &INetFwRule3::get_LocalAppPackageId, {})
        || AsksFor(rule, &INetFwRule3::get_LocalUserOwner, {})
        || AsksFor(rule, &INetFwRule3::get_LocalUserAuthorizedList, {})
        || AsksFor(rule, &INetFwRule3::get_RemoteUserAuthorizedList, {})
        || AsksFor(rule, &INetFwRule3::get_RemoteMachineAuthorizedList, {})
        || FAILED(rule.get_SecureFlags(&secure)) || secure != 0;
}

/// Whether the rule has conditions beyond those of FirewallRule.
bool IsNarrowed(INetFwRule& rule)
{
    ComPtr<INetFwRule3> newer;
    rule.QueryInterface(guid::kINetFwRule3, reinterpret_cast<void**>(newer.Receive()));
    return AsksFor(rule, &INetFwRule::get_LocalPorts, "*")
        || AsksFor(rule, &INetFwRule::get_LocalAddresses, "*")
        || AsksFor(rule, &INetFwRule::get_InterfaceTypes, "All") || AsksForAdapters(rule)
        || (newer && AsksForSender(*newer.Get()));
}

FirewallRule Describe(INetFwRule& rule)
{
    FirewallRule described;
    described.name = TextOf(rule, &INetFwRule::get_Name);
    described.program = TextOf(rule, &INetFwRule::get_ApplicationName);
    described.service = UnlessAny(TextOf(rule, &INetFwRule::get_ServiceName));
    described.remotePorts = UnlessAny(TextOf(rule, &INetFwRule::get_RemotePorts));
    described.remoteAddresses = UnlessAny(TextOf(rule, &INetFwRule::get_RemoteAddresses));
    LONG protocol = 0;
    described.protocol = SUCCEEDED(rule.get_Protocol(&protocol)) ? static_cast<std::uint32_t>(protocol) : 0;
    long profiles = 0;
    constexpr std::uint32_t kAll =
        firewall_profile::kDomain | firewall_profile::kPrivate | firewall_profile::kPublic;
    described.profiles =
        SUCCEEDED(rule.get_Profiles(&profiles)) ? static_cast<std::uint32_t>(profiles) & kAll : kAll;
    described.blocks = Blocks(rule);
    described.narrowed = IsNarrowed(rule);
    return described;
}

bool BlocksByDefault(const std::vector<FirewallProfile>& profiles)
{
    for (const FirewallProfile& profile : profiles)
    {
        if (profile.active && profile.outboundBlocked)
        {
            return true;
        }
    }
    return false;
}

} // namespace

Answer<FirewallState> AskWindows(const ReadFirewall&, const WindowsMachineOptions&, const Wait& wait)
{
    const ComApartment apartment;
    const auto policy = OpenPolicy();
    if (!policy)
    {
        return policy.Error();
    }
    const auto profiles = ReadProfiles(*policy->Get());
    if (!profiles)
    {
        return profiles.Error();
    }
    FirewallState state{*profiles, {}};
    const bool wantsAllowing = BlocksByDefault(state.profiles);
    const Status listed = ForEachRule(*policy->Get(), [&](INetFwRule& rule) -> Status {
        if (wait.IsOver())
        {
            return wait.WhyOver("list the rules of the firewall");
        }
        if (IsOutbound(rule) && IsEnabled(rule) && (wantsAllowing || Blocks(rule)))
        {
            state.rules.push_back(Describe(rule));
        }
        return Status::Done();
    });
    return listed ? Answer<FirewallState>(std::move(state)) : listed.Error();
}

Status SwitchFirewallRule(const FirewallRuleId& id, bool enabled)
{
    const ComApartment apartment;
    const auto policy = OpenPolicy();
    if (!policy)
    {
        return policy.Error();
    }
    bool found = false;
    const Status switched = ForEachRule(*policy->Get(), [&](INetFwRule& rule) -> Status {
        if (!IsOutbound(rule) || !Blocks(rule))
        {
            return Status::Done();
        }
        const FirewallRule described = Describe(rule);
        if (described.name != id.name || !EqualsIgnoreCase(described.program, id.program)
            || !EqualsIgnoreCase(described.service, id.service))
        {
            return Status::Done();
        }
        found = true;
        const HRESULT result = rule.put_Enabled(enabled ? VARIANT_TRUE : VARIANT_FALSE);
        return FAILED(result) ? Status(ComFailure(result, "INetFwRule::put_Enabled")) : Status::Done();
    });
    return !switched || found ? switched
                              : Status(FailureFrom(ERROR_FILE_NOT_FOUND, "find the rule", id.name));
}

} // namespace mars
