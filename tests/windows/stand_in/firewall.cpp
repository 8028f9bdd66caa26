// SPDX-License-Identifier: MIT

/// The Windows Firewall with rules, which Wine's has not. Documents: "INetFwPolicy2 interface", "INetFwRules
/// interface" and "INetFwRule3 interface" (netfw.h); for the keys and the rules in them [MS-GPFAS] 2.2.2
/// "Firewall Rule Messages", which is how Windows keeps local rules too.

#include "com_object.h"
#include "firewall_base.h"
#include "registry_key.h"

#include <cstdlib>

namespace stand_in
{
namespace
{

/// NET_FW_IP_PROTOCOL_ANY, which mingw does not have.
constexpr LONG kAnyProtocol = 256;
const std::wstring kPolicy = L"System\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
const std::wstring kRules = kPolicy + L"\\FirewallRules";

std::vector<std::wstring> Split(const std::wstring& text)
{
    std::vector<std::wstring> parts{L""};
    for (const wchar_t c : text)
    {
        if (c == L'|')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

/// One value of the rules' key: "v2.30|Action=Block|Active=TRUE|Dir=Out|App=...|Name=...|".
class Rule final : public RuleBase
{
public:
    explicit Rule(std::wstring id) : m_id(std::move(id)) {}

    STDMETHODIMP get_Name(BSTR* name) override
    {
        return Give(Field(L"Name"), name);
    }
    STDMETHODIMP get_Description(BSTR* text) override
    {
        return Give(Field(L"Desc"), text);
    }
    STDMETHODIMP get_ApplicationName(BSTR* program) override
    {
        return Give(Field(L"App"), program);
    }
    STDMETHODIMP get_ServiceName(BSTR* service) override
    {
        return Give(Field(L"Svc"), service);
    }
    STDMETHODIMP get_Protocol(LONG* protocol) override
    {
        const std::wstring number = Field(L"Protocol");
        return Give<LONG>(number.empty() ? kAnyProtocol : std::wcstol(number.c_str(), nullptr, 10), protocol);
    }
    STDMETHODIMP get_RemotePorts(BSTR* ports) override
    {
        return Give(OrAny(Field(L"RPort")), ports);
    }
    STDMETHODIMP get_LocalPorts(BSTR* ports) override
    {
        return Give(OrAny(Field(L"LPort")), ports);
    }
    STDMETHODIMP get_RemoteAddresses(BSTR* addresses) override
    {
        return Give(OrAny(Both(L"RA4", L"RA6")), addresses);
    }
    STDMETHODIMP get_LocalAddresses(BSTR* addresses) override
    {
        return Give(OrAny(Both(L"LA4", L"LA6")), addresses);
    }
    STDMETHODIMP get_Interfaces(VARIANT* interfaces) override
    {
        interfaces->vt = VT_EMPTY;
        return S_OK;
    }
    STDMETHODIMP get_InterfaceTypes(BSTR* types) override
    {
        return Give(std::wstring(L"All"), types);
    }
    STDMETHODIMP get_Direction(NET_FW_RULE_DIRECTION* direction) override
    {
        return Give(Field(L"Dir") == L"Out" ? NET_FW_RULE_DIR_OUT : NET_FW_RULE_DIR_IN, direction);
    }
    STDMETHODIMP get_Action(NET_FW_ACTION* action) override
    {
        return Give(Field(L"Action") == L"Block" ? NET_FW_ACTION_BLOCK : NET_FW_ACTION_ALLOW, action);
    }
    STDMETHODIMP get_Profiles(LONG* profiles) override
    {
        LONG named = 0;
        for (const auto& [word, bit] :
            {std::pair(L"Domain", NET_FW_PROFILE2_DOMAIN), std::pair(L"Private", NET_FW_PROFILE2_PRIVATE),
                std::pair(L"Public", NET_FW_PROFILE2_PUBLIC)})
        {
            if ((L"," + Field(L"Profile") + L",").find(std::wstring(L",") + word + L",")
                != std::wstring::npos)
                named |= bit;
        }
        return Give(named == 0 ? LONG{NET_FW_PROFILE2_ALL} : named, profiles);
    }
    STDMETHODIMP get_EdgeTraversal(VARIANT_BOOL* enabled) override
    {
        return Give(VARIANT_FALSE, enabled);
    }
    STDMETHODIMP get_Grouping(BSTR* group) override
    {
        return Give(Field(L"EmbedCtxt"), group);
    }
    STDMETHODIMP get_LocalAppPackageId(BSTR* id) override
    {
        return Give(Field(L"AppPkgId"), id);
    }
    STDMETHODIMP get_LocalUserOwner(BSTR* user) override
    {
        return Give(Field(L"LUOwn"), user);
    }
    STDMETHODIMP get_LocalUserAuthorizedList(BSTR* users) override
    {
        return Give(Field(L"LUAuth"), users);
    }
    STDMETHODIMP get_RemoteUserAuthorizedList(BSTR* users) override
    {
        return Give(Field(L"RUAuth"), users);
    }
    STDMETHODIMP get_RemoteMachineAuthorizedList(BSTR* computers) override
    {
        return Give(Field(L"RMauth"), computers);
    }
    STDMETHODIMP get_SecureFlags(LONG* flags) override
    {
        return Give<LONG>(Field(L"Security").empty() ? 0 : 1, flags);
    }
    STDMETHODIMP get_Enabled(VARIANT_BOOL* enabled) override
    {
        return Give(Field(L"Active") == L"TRUE" ? VARIANT_TRUE : VARIANT_FALSE, enabled);
    }
    STDMETHODIMP put_Enabled(VARIANT_BOOL enabled) override
    {
        std::wstring text;
        for (const std::wstring& part : Split(Stored()))
        {
            if (!part.empty())
                text +=
                    (part.starts_with(L"Active=") ? std::wstring(enabled ? L"Active=TRUE" : L"Active=FALSE")
                                                  : part)
                    + L"|";
        }
        return HRESULT_FROM_WIN32(RegistryKey(kRules, KEY_SET_VALUE).Set(m_id.c_str(), text));
    }

private:
    std::wstring Stored() const
    {
        return RegistryKey(kRules).Text(m_id.c_str());
    }
    /// Several of one name are alternatives, with commas between.
    std::wstring Field(const std::wstring& name) const
    {
        std::wstring found;
        for (const std::wstring& part : Split(Stored()))
        {
            if (part.starts_with(name + L"="))
                found += (found.empty() ? L"" : L",") + part.substr(name.size() + 1);
        }
        return found;
    }
    std::wstring Both(const std::wstring& first, const std::wstring& second) const
    {
        const std::wstring left = Field(first);
        const std::wstring right = Field(second);
        return left + (left.empty() || right.empty() ? L"" : L",") + right;
    }
    static std::wstring OrAny(std::wstring text)
    {
        return text.empty() ? L"*" : text;
    }

    std::wstring m_id;
};

class Rules final : public RulesBase
{
public:
    STDMETHODIMP get_Count(LONG* count) override
    {
        return Give(static_cast<LONG>(RegistryKey(kRules).ValueNames().size()), count);
    }
    STDMETHODIMP Item(BSTR name, INetFwRule** found) override
    {
        for (const std::wstring& id : RegistryKey(kRules).ValueNames())
        {
            Ref<Rule> rule(new Rule(id));
            BSTR other = nullptr;
            rule->get_Name(&other);
            const bool same = Text(other) == Text(name);
            SysFreeString(other);
            if (same)
                return Give<INetFwRule*>(rule.release(), found);
        }
        return HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
    }
    STDMETHODIMP get__NewEnum(IUnknown** enumerator) override
    {
        std::vector<Ref<INetFwRule>> rules;
        std::vector<INetFwRule*> elements;
        for (const std::wstring& id : RegistryKey(kRules).ValueNames())
        {
            rules.emplace_back(new Rule(id));
            elements.push_back(rules.back().get());
        }
        return GiveNew<Enumerator<INetFwRule>>(enumerator, std::move(elements));
    }
};

class Policy final : public PolicyBase
{
public:
    /// The profile of the networks that this computer is in; Windows finds that out each time.
    STDMETHODIMP get_CurrentProfileTypes(LONG* profiles) override
    {
        const auto active = RegistryKey(kOwnKey).Number(L"ActiveFirewallProfiles");
        return Give(static_cast<LONG>(active.value_or(NET_FW_PROFILE2_PRIVATE)), profiles);
    }
    STDMETHODIMP get_FirewallEnabled(NET_FW_PROFILE_TYPE2 profile, VARIANT_BOOL* enabled) override
    {
        return Give(Setting(profile, L"EnableFirewall", 1) != 0 ? VARIANT_TRUE : VARIANT_FALSE, enabled);
    }
    STDMETHODIMP get_DefaultOutboundAction(NET_FW_PROFILE_TYPE2 profile, NET_FW_ACTION* action) override
    {
        const bool blocked = Setting(profile, L"DefaultOutboundAction", 0) != 0;
        return Give(blocked ? NET_FW_ACTION_BLOCK : NET_FW_ACTION_ALLOW, action);
    }
    STDMETHODIMP get_DefaultInboundAction(NET_FW_PROFILE_TYPE2 profile, NET_FW_ACTION* action) override
    {
        const bool blocked = Setting(profile, L"DefaultInboundAction", 1) != 0;
        return Give(blocked ? NET_FW_ACTION_BLOCK : NET_FW_ACTION_ALLOW, action);
    }
    STDMETHODIMP get_LocalPolicyModifyState(NET_FW_MODIFY_STATE* state) override
    {
        return Give(NET_FW_MODIFY_STATE_OK, state);
    }
    STDMETHODIMP get_Rules(INetFwRules** rules) override
    {
        return GiveNew<Rules>(rules);
    }

private:
    static DWORD Setting(NET_FW_PROFILE_TYPE2 profile, const wchar_t* name, DWORD byDefault)
    {
        const wchar_t* key = profile == NET_FW_PROFILE2_DOMAIN ? L"\\DomainProfile"
            : profile == NET_FW_PROFILE2_PUBLIC                ? L"\\PublicProfile"
                                                               : L"\\StandardProfile";
        return RegistryKey(kPolicy + key).Number(name).value_or(byDefault);
    }
};

} // namespace
} // namespace stand_in

STDAPI DllGetClassObject(REFCLSID wanted, REFIID id, void** object)
{
    return wanted == __uuidof(NetFwPolicy2) ? stand_in::GiveFactory<stand_in::Policy>(id, object)
                                            : CLASS_E_CLASSNOTAVAILABLE;
}

STDAPI DllCanUnloadNow()
{
    return stand_in::liveObjects == 0 ? S_OK : S_FALSE;
}
