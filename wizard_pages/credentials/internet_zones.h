// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "questions/registry.h"
#include "view.h"

#include <string>
#include <vector>

/// The security zones of Windows' internet settings, which the agent's downloads go by: per user, and
/// overruled by Group Policy.
namespace mars::credentials
{

/// An account whose settings count: SYSTEM, which the agent runs as, and the user whose hive is evidence.
struct ZoneAccount
{
    /// For people: "SYSTEM", or the user's name or SID.
    std::string name;
    /// "HKU\S-1-5-18".
    std::string hive;
    /// Settings of another user than the one that this program runs as are evidence only.
    bool mayWrite = true;
    bool isSystem = false;
};

Answer<std::vector<ZoneAccount>> ZoneAccounts(const MachineView& machine);

struct DownloadSetting
{
    /// 1803 of the internet zone is 3: no downloads.
    bool blocked = false;
    bool byPolicy = false;
    /// The value that decides; empty: nobody set one.
    RegistryPath where;
};

/// In the order of Windows: the computer's policy, the user's policy, then the user and the computer, or the
/// computer alone where a policy says so.
Answer<DownloadSetting> ReadDownloadSetting(const MachineView& machine, const ZoneAccount& account);

/// Where this account's own setting is written.
RegistryPath OwnDownloadSetting(const ZoneAccount& account);

struct TrustedSites
{
    /// Of the sites of the cloud, those that are in none of the account's trusted or intranet sites.
    std::vector<std::string> missing;
    /// A policy lists sites, or lets only the computer's count: a change of the account's own list has no
    /// effect.
    bool byPolicy = false;
    /// ZoneMap\Domains, or EscDomains under Enhanced Security Configuration.
    std::string mapKey;
};

Answer<TrustedSites> ReadTrustedSites(
    const MachineView& machine, const ZoneAccount& account, const Given& given);

/// The value that makes a site a trusted one over https.
RegistryPath TrustedSiteValue(const TrustedSites& sites, const std::string& site);

inline constexpr std::uint32_t kTrustedZone = 2;

} // namespace mars::credentials
