// SPDX-License-Identifier: MIT
#include "internet_zones.h"

#include "endpoints.h"
#include "questions/computer.h"
#include "questions/registry.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace mars::credentials
{
namespace
{

constexpr const char* kMachine = "HKLM";
constexpr const char* kSystemSid = "S-1-5-18";
constexpr const char* kSettings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
constexpr const char* kPolicies =
    "\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
constexpr const char* kInternetZone = "\\Zones\\3";
/// URLACTION_SHELL_FILE_DOWNLOAD.
constexpr const char* kDownloadAction = "1803";
constexpr std::uint32_t kDisallow = 3;
constexpr std::uint32_t kIntranetZone = 1;

Answer<std::optional<std::uint32_t>> ReadNumber(const MachineView& machine, const RegistryPath& path)
{
    const auto value = machine.Ask(ReadRegistryValue{path});
    if (value.HasFailed())
    {
        return value.Error();
    }
    return value ? value->AsDword() : std::nullopt;
}

/// Security_HKLM_only: the settings of users do not count.
Answer<bool> OnlyMachineCounts(const MachineView& machine)
{
    const auto number = ReadNumber(machine, {std::string(kMachine) + kPolicies, "Security_HKLM_only"});
    return number ? Answer<bool>(*number == 1U) : Answer<bool>(number.Error());
}

// ---- Sites

struct Site
{
    /// Below Domains: "microsoft.com", or "msftncsi.com\www".
    std::string key;
    /// The site's whole domain, which covers it too.
    std::string domain;
    /// Only this host; the two of the network test are asked over plain HTTP.
    bool isHost = false;
};

/// "*.microsoft.com", "*.partner.microsoftonline.cn" or "www.msftncsi.com".
Site ParseSite(std::string_view text)
{
    const bool isWildcard = text.starts_with("*.");
    const std::string_view name = text.substr(isWildcard ? 2 : 0);
    const std::size_t dot = name.rfind('.', name.rfind('.') - 1);
    const bool hasSub = dot != std::string_view::npos;
    Site site;
    site.isHost = !isWildcard;
    site.domain = name.substr(hasSub ? dot + 1 : 0);
    site.key = site.domain;
    if (hasSub)
    {
        site.key += std::string(isWildcard ? "\\*." : "\\").append(name.substr(0, dot));
    }
    return site;
}

/// The zone of a site by one key; nothing: the key says nothing.
Answer<bool> IsTrustedBy(const MachineView& machine, const std::string& key, bool isHost)
{
    for (const char* scheme : {"https", "*", "http"})
    {
        if (std::string_view(scheme) == "http" && !isHost)
        {
            continue;
        }
        const auto zone = ReadNumber(machine, {key, scheme});
        if (!zone)
        {
            return zone.Error();
        }
        if (*zone == kTrustedZone || *zone == kIntranetZone)
        {
            return true;
        }
    }
    return false;
}

/// "https://*.microsoft.com" or "microsoft.com" names the site "*.microsoft.com".
bool Names(std::string_view listed, const Site& site)
{
    const std::size_t scheme = listed.find("://");
    std::string_view host = scheme == std::string_view::npos ? listed : listed.substr(scheme + 3);
    host = host.substr(0, host.find('/'));
    host.remove_prefix(host.starts_with("*.") ? 2 : 0);
    const std::size_t separator = site.key.find('\\');
    std::string whole = site.domain;
    if (separator != std::string::npos)
    {
        std::string sub = site.key.substr(separator + 1);
        sub.erase(0, sub.starts_with("*.") ? 2 : 0);
        whole = sub + "." + whole;
    }
    return EqualsIgnoreCase(host, site.domain) || EqualsIgnoreCase(host, whole);
}

/// The site-to-zone list of the computer's and the account's policy.
Answer<std::vector<RegistryKeyContent::NamedValue>> ReadPolicyList(
    const MachineView& machine, const std::string& hive)
{
    std::vector<RegistryKeyContent::NamedValue> list;
    for (const std::string& root : {std::string(kMachine), hive})
    {
        const auto content = machine.Ask(ListRegistryKey{root + kPolicies + "\\ZoneMapKey"});
        if (content.HasFailed())
        {
            return content.Error();
        }
        const RegistryKeyContent found = content.ValueOr({});
        list.insert(list.end(), found.values.begin(), found.values.end());
    }
    return list;
}

bool IsTrustedByPolicy(const std::vector<RegistryKeyContent::NamedValue>& list, const Site& site)
{
    return std::ranges::any_of(list, [&](const RegistryKeyContent::NamedValue& entry) {
        const std::string zone = entry.value.AsString().value_or(std::string());
        return (zone == "1" || zone == "2") && Names(entry.name, site);
    });
}

} // namespace

Answer<std::vector<ZoneAccount>> ZoneAccounts(const MachineView& machine)
{
    const auto context = machine.Ask(ReadContext{});
    if (!context)
    {
        return context.HasFailed() ? context.Error() : Failure{code::kNotSupported, "tell who asks"};
    }
    std::vector<ZoneAccount> accounts{{"SYSTEM", std::string("HKU\\") + kSystemSid, true, true}};
    if (!context->evidenceSid.empty() && context->evidenceSid != kSystemSid)
    {
        const bool isSelf = context->evidenceSid == context->userSid;
        accounts.push_back(
            {isSelf ? context->user : context->evidenceSid, "HKU\\" + context->evidenceSid, isSelf});
    }
    return accounts;
}

Answer<DownloadSetting> ReadDownloadSetting(const MachineView& machine, const ZoneAccount& account)
{
    const auto onlyMachine = OnlyMachineCounts(machine);
    if (!onlyMachine)
    {
        return onlyMachine.Error();
    }
    struct Place
    {
        std::string root;
        bool isPolicy;
    };
    std::vector<Place> places{{std::string(kMachine) + kPolicies, true}, {account.hive + kPolicies, true}};
    if (!*onlyMachine)
    {
        places.push_back({account.hive + kSettings, false});
    }
    places.push_back({std::string(kMachine) + kSettings, *onlyMachine});
    for (const Place& place : places)
    {
        const RegistryPath path{place.root + kInternetZone, kDownloadAction};
        const auto action = ReadNumber(machine, path);
        if (!action)
        {
            return action.Error();
        }
        if (*action)
        {
            return DownloadSetting{**action == kDisallow, place.isPolicy, path};
        }
    }
    return DownloadSetting{};
}

RegistryPath OwnDownloadSetting(const ZoneAccount& account)
{
    return {account.hive + kSettings + kInternetZone, kDownloadAction};
}

Answer<TrustedSites> ReadTrustedSites(
    const MachineView& machine, const ZoneAccount& account, const Given& given)
{
    const auto onlyMachine = OnlyMachineCounts(machine);
    if (!onlyMachine)
    {
        return onlyMachine.Error();
    }
    const auto policy = ReadPolicyList(machine, account.hive);
    if (!policy)
    {
        return policy.Error();
    }
    const std::string map = (*onlyMachine ? std::string(kMachine) : account.hive) + kSettings + "\\ZoneMap";
    const auto hardened = ReadNumber(machine, {map, "IEHarden"});
    if (!hardened)
    {
        return hardened.Error();
    }
    TrustedSites sites;
    sites.byPolicy = *onlyMachine || !policy->empty();
    sites.mapKey = map + (*hardened == 1U ? "\\EscDomains" : "\\Domains");
    for (const std::string& name : EndpointsOf(given.cloud).trustedSites)
    {
        const Site site = ParseSite(name);
        bool trusted = IsTrustedByPolicy(*policy, site);
        for (const std::string& key : {site.key, site.domain})
        {
            if (trusted)
            {
                break;
            }
            const auto byKey = IsTrustedBy(machine, JoinPath(sites.mapKey, key), site.isHost);
            if (!byKey)
            {
                return byKey.Error();
            }
            trusted = *byKey;
        }
        if (!trusted)
        {
            sites.missing.push_back(name);
        }
    }
    return sites;
}

RegistryPath TrustedSiteValue(const TrustedSites& sites, const std::string& site)
{
    return {JoinPath(sites.mapKey, ParseSite(site).key), "https"};
}

} // namespace mars::credentials
