// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <string>
#include <string_view>
#include <vector>

/// Which proxy Windows would take.
namespace mars
{

enum class ProxyOwner
{
    /// The WinINET settings of the SYSTEM account (HKU\S-1-5-18), which the agent uses.
    kSystem,
    /// The WinINET settings of the user whose hive is evidence.
    kUser,
    kWinHttp,
};

MARS_WORDS(ProxyOwner, "system", "user", "winhttp");

struct ProxySettings
{
    bool enabled = false;
    /// "host:port" or "http=host:port;https=host:port".
    std::string server;
    std::string bypass;
    std::string autoConfigUrl;
    bool autoDetect = false;
    /// Group Policy makes them machine-wide (ProxySettingsPerUser = 0).
    bool byPolicy = false;
    MARS_FIELDS(ProxySettings, enabled, server, bypass, autoConfigUrl, autoDetect, byPolicy);
    bool operator==(const ProxySettings&) const = default;
};

/// Absent: no settings stored, which means a direct connection.
struct ReadProxySettings
{
    using Value = ProxySettings;
    static constexpr std::string_view kName = "read_proxy_settings";
    static constexpr std::string_view kKind = "network";
    ProxyOwner owner = ProxyOwner::kSystem;
    MARS_FIELDS(ReadProxySettings, owner);
};

struct ProxyRoute
{
    /// "host:port" in the order in which they are to be tried; empty: direct.
    std::vector<std::string> proxies;
    MARS_FIELDS(ProxyRoute, proxies);
    bool operator==(const ProxyRoute&) const = default;
};

struct ProxyScript
{
    /// Its address.
    std::string script;
    MARS_FIELDS(ProxyScript, script);
    bool operator==(const ProxyScript&) const = default;
};

/// The script that automatic detection (WPAD) finds, by names first and then by DHCP. Absent: none, or
/// nothing answers in time, which is how most networks say that they have none.
struct DetectProxyScript
{
    using Value = ProxyScript;
    static constexpr std::string_view kName = "detect_proxy_script";
    static constexpr std::string_view kKind = "network";
    MARS_NO_FIELDS();
};

/// What a proxy configuration script says about an address. Absent: automatic detection finds no script.
/// Failed: the script's host cannot be connected (a number of Winsock), the script cannot be fetched (12167)
/// or run (12166), or the service that runs scripts is switched off (1058) or fails (12178).
struct FindProxyForUrl
{
    using Value = ProxyRoute;
    static constexpr std::string_view kName = "find_proxy_for_url";
    static constexpr std::string_view kKind = "network";
    std::string url;
    /// The script's address; empty: the one that automatic detection finds. Only recordings that do not hold
    /// the answer to DetectProxyScript are asked that way.
    std::string script;
    MARS_FIELDS(FindProxyForUrl, url, script);
};

extern template class ExchangeOf<ReadProxySettings>;
extern template class ExchangeOf<DetectProxyScript>;
extern template class ExchangeOf<FindProxyForUrl>;

} // namespace mars
