// SPDX-License-Identifier: MIT
#pragma once

#include "com_object.h"

#include <netfw.h>

/// The firewall's interfaces with every method saying that it is not there; a stand-in overrides what it
/// answers.
#define STAND_IN_NOT_THERE(method, ...) \
    STDMETHODIMP method(__VA_ARGS__) override \
    { \
        return E_NOTIMPL; \
    }

namespace stand_in
{

class RuleBase : public Dispatch<INetFwRule3>
{
public:
    STAND_IN_NOT_THERE(get_Name, BSTR*);
    STAND_IN_NOT_THERE(put_Name, BSTR);
    STAND_IN_NOT_THERE(get_Description, BSTR*);
    STAND_IN_NOT_THERE(put_Description, BSTR);
    STAND_IN_NOT_THERE(get_ApplicationName, BSTR*);
    STAND_IN_NOT_THERE(put_ApplicationName, BSTR);
    STAND_IN_NOT_THERE(get_ServiceName, BSTR*);
    STAND_IN_NOT_THERE(put_ServiceName, BSTR);
    STAND_IN_NOT_THERE(get_Protocol, LONG*);
    STAND_IN_NOT_THERE(put_Protocol, LONG);
    STAND_IN_NOT_THERE(get_LocalPorts, BSTR*);
    STAND_IN_NOT_THERE(put_LocalPorts, BSTR);
    STAND_IN_NOT_THERE(get_RemotePorts, BSTR*);
    STAND_IN_NOT_THERE(put_RemotePorts, BSTR);
    STAND_IN_NOT_THERE(get_LocalAddresses, BSTR*);
    STAND_IN_NOT_THERE(put_LocalAddresses, BSTR);
    STAND_IN_NOT_THERE(get_RemoteAddresses, BSTR*);
    STAND_IN_NOT_THERE(put_RemoteAddresses, BSTR);
    STAND_IN_NOT_THERE(get_IcmpTypesAndCodes, BSTR*);
    STAND_IN_NOT_THERE(put_IcmpTypesAndCodes, BSTR);
    STAND_IN_NOT_THERE(get_Direction, NET_FW_RULE_DIRECTION*);
    STAND_IN_NOT_THERE(put_Direction, NET_FW_RULE_DIRECTION);
    STAND_IN_NOT_THERE(get_Interfaces, VARIANT*);
    STAND_IN_NOT_THERE(put_Interfaces, VARIANT);
    STAND_IN_NOT_THERE(get_InterfaceTypes, BSTR*);
    STAND_IN_NOT_THERE(put_InterfaceTypes, BSTR);
    STAND_IN_NOT_THERE(get_Enabled, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(put_Enabled, VARIANT_BOOL);
    STAND_IN_NOT_THERE(get_Grouping, BSTR*);
    STAND_IN_NOT_THERE(put_Grouping, BSTR);
    STAND_IN_NOT_THERE(get_Profiles, LONG*);
    STAND_IN_NOT_THERE(put_Profiles, LONG);
    STAND_IN_NOT_THERE(get_EdgeTraversal, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(put_EdgeTraversal, VARIANT_BOOL);
    STAND_IN_NOT_THERE(get_Action, NET_FW_ACTION*);
    STAND_IN_NOT_THERE(put_Action, NET_FW_ACTION);
    STAND_IN_NOT_THERE(get_EdgeTraversalOptions, LONG*);
    STAND_IN_NOT_THERE(put_EdgeTraversalOptions, LONG);
    STAND_IN_NOT_THERE(get_LocalAppPackageId, BSTR*);
    STAND_IN_NOT_THERE(put_LocalAppPackageId, BSTR);
    STAND_IN_NOT_THERE(get_LocalUserOwner, BSTR*);
    STAND_IN_NOT_THERE(put_LocalUserOwner, BSTR);
    STAND_IN_NOT_THERE(get_LocalUserAuthorizedList, BSTR*);
    STAND_IN_NOT_THERE(put_LocalUserAuthorizedList, BSTR);
    STAND_IN_NOT_THERE(get_RemoteUserAuthorizedList, BSTR*);
    STAND_IN_NOT_THERE(put_RemoteUserAuthorizedList, BSTR);
    STAND_IN_NOT_THERE(get_RemoteMachineAuthorizedList, BSTR*);
    STAND_IN_NOT_THERE(put_RemoteMachineAuthorizedList, BSTR);
    STAND_IN_NOT_THERE(get_SecureFlags, LONG*);
    STAND_IN_NOT_THERE(put_SecureFlags, LONG);

protected:
    /// The newest Windows has the newest interface; older programs ask for the older ones.
    bool Is(REFIID id) const override
    {
        return id == __uuidof(INetFwRule) || id == __uuidof(INetFwRule2) || Dispatch<INetFwRule3>::Is(id);
    }
};

class RulesBase : public Dispatch<INetFwRules>
{
public:
    STAND_IN_NOT_THERE(get_Count, LONG*);
    STAND_IN_NOT_THERE(Add, INetFwRule*);
    STAND_IN_NOT_THERE(Remove, BSTR);
    STAND_IN_NOT_THERE(Item, BSTR, INetFwRule**);
    STAND_IN_NOT_THERE(get__NewEnum, IUnknown**);
};

class PolicyBase : public Dispatch<INetFwPolicy2>
{
public:
    STAND_IN_NOT_THERE(get_CurrentProfileTypes, LONG*);
    STAND_IN_NOT_THERE(get_FirewallEnabled, NET_FW_PROFILE_TYPE2, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(put_FirewallEnabled, NET_FW_PROFILE_TYPE2, VARIANT_BOOL);
    STAND_IN_NOT_THERE(get_ExcludedInterfaces, NET_FW_PROFILE_TYPE2, VARIANT*);
    STAND_IN_NOT_THERE(put_ExcludedInterfaces, NET_FW_PROFILE_TYPE2, VARIANT);
    STAND_IN_NOT_THERE(get_BlockAllInboundTraffic, NET_FW_PROFILE_TYPE2, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(put_BlockAllInboundTraffic, NET_FW_PROFILE_TYPE2, VARIANT_BOOL);
    STAND_IN_NOT_THERE(get_NotificationsDisabled, NET_FW_PROFILE_TYPE2, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(put_NotificationsDisabled, NET_FW_PROFILE_TYPE2, VARIANT_BOOL);
    STAND_IN_NOT_THERE(get_UnicastResponsesToMulticastBroadcastDisabled, NET_FW_PROFILE_TYPE2, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(put_UnicastResponsesToMulticastBroadcastDisabled, NET_FW_PROFILE_TYPE2, VARIANT_BOOL);
    STAND_IN_NOT_THERE(get_Rules, INetFwRules**);
    STAND_IN_NOT_THERE(get_ServiceRestriction, INetFwServiceRestriction**);
    STAND_IN_NOT_THERE(EnableRuleGroup, LONG, BSTR, VARIANT_BOOL);
    STAND_IN_NOT_THERE(IsRuleGroupEnabled, LONG, BSTR, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(RestoreLocalFirewallDefaults);
    STAND_IN_NOT_THERE(get_DefaultInboundAction, NET_FW_PROFILE_TYPE2, NET_FW_ACTION*);
    STAND_IN_NOT_THERE(put_DefaultInboundAction, NET_FW_PROFILE_TYPE2, NET_FW_ACTION);
    STAND_IN_NOT_THERE(get_DefaultOutboundAction, NET_FW_PROFILE_TYPE2, NET_FW_ACTION*);
    STAND_IN_NOT_THERE(put_DefaultOutboundAction, NET_FW_PROFILE_TYPE2, NET_FW_ACTION);
    STAND_IN_NOT_THERE(get_IsRuleGroupCurrentlyEnabled, BSTR, VARIANT_BOOL*);
    STAND_IN_NOT_THERE(get_LocalPolicyModifyState, NET_FW_MODIFY_STATE*);
};

} // namespace stand_in

#undef STAND_IN_NOT_THERE
