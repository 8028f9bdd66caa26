// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

/// Questions about the way from this computer to the service: names, proxies, adapters, firewall, root
/// certificates.
namespace mars
{

struct NameResolution
{
    /// As text; empty when the name was not resolved.
    std::vector<std::string> addresses;
    /// 0, or the number of Winsock that says why not: 11001 (no such host), 11002 (no name server answers)
    /// and so on.
    std::uint32_t code = 0;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("addresses", &NameResolution::addresses), MakeField("code", &NameResolution::code));
    }
    bool operator==(const NameResolution&) const = default;
};

/// The addresses of a host. A name that cannot be resolved is a value; failed means that nobody could ask.
struct ResolveName
{
    using Value = NameResolution;
    static constexpr std::string_view kName = "resolve_name";
    std::string host;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("host", &ResolveName::host));
    }
};

struct ProxyRoute
{
    /// "host:port" in the order in which they are to be tried; empty: direct.
    std::vector<std::string> proxies;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("proxies", &ProxyRoute::proxies));
    }
    bool operator==(const ProxyRoute&) const = default;
};

struct ProxyScript
{
    /// Its address.
    std::string script;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("script", &ProxyScript::script));
    }
    bool operator==(const ProxyScript&) const = default;
};

/// The script that automatic detection (WPAD) finds, by names first and then by DHCP. Absent: none, or
/// nothing answers in time, which is how most networks say that they have none.
struct DetectProxyScript
{
    using Value = ProxyScript;
    static constexpr std::string_view kName = "detect_proxy_script";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

/// What a proxy configuration script says about an address. Absent: automatic detection finds no script.
/// Failed: the script's host cannot be connected (a number of Winsock), the script cannot be fetched (12167)
/// or run (12166), or the service that runs scripts is switched off (1058) or fails (12178).
struct FindProxyForUrl
{
    using Value = ProxyRoute;
    static constexpr std::string_view kName = "find_proxy_for_url";
    std::string url;
    /// The script's address; empty: the one that automatic detection finds. Only recordings that do not hold
    /// the answer to DetectProxyScript are asked that way.
    std::string script;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("url", &FindProxyForUrl::url), MakeField("script", &FindProxyForUrl::script));
    }
};

struct NetworkAdapter
{
    std::string name;
    std::string description;
    bool up = false;
    std::vector<std::string> addresses;
    std::vector<std::string> gateways;
    std::vector<std::string> nameServers;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &NetworkAdapter::name),
            MakeField("description", &NetworkAdapter::description), MakeField("up", &NetworkAdapter::up),
            MakeField("addresses", &NetworkAdapter::addresses),
            MakeField("gateways", &NetworkAdapter::gateways),
            MakeField("name_servers", &NetworkAdapter::nameServers));
    }
    bool operator==(const NetworkAdapter&) const = default;
};

struct NetworkAdapterList
{
    std::vector<NetworkAdapter> adapters;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("adapters", &NetworkAdapterList::adapters));
    }
    bool operator==(const NetworkAdapterList&) const = default;
};

/// All but loopback and tunnels.
struct ListNetworkAdapters
{
    using Value = NetworkAdapterList;
    static constexpr std::string_view kName = "list_network_adapters";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

/// Bits of NET_FW_PROFILE_TYPE2.
namespace firewall_profile
{
inline constexpr std::uint32_t kDomain = 1;
inline constexpr std::uint32_t kPrivate = 2;
inline constexpr std::uint32_t kPublic = 4;
} // namespace firewall_profile

struct FirewallProfile
{
    /// One bit of firewall_profile.
    std::uint32_t profile = 0;
    bool active = false;
    bool enabled = false;
    bool outboundBlocked = false;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("profile", &FirewallProfile::profile),
            MakeField("active", &FirewallProfile::active), MakeField("enabled", &FirewallProfile::enabled),
            MakeField("outbound_blocked", &FirewallProfile::outboundBlocked));
    }
    bool operator==(const FirewallProfile&) const = default;
};

/// An enabled rule for outgoing connections. A text that is empty stands for "any".
struct FirewallRule
{
    std::string name;
    std::string program;
    std::string service;
    /// 6 = TCP, 17 = UDP, 256 = any.
    std::uint32_t protocol = 256;
    std::string remotePorts;
    std::string remoteAddresses;
    /// Bits of firewall_profile.
    std::uint32_t profiles = 0;
    bool blocks = false;
    /// It has conditions beyond these: local ports or addresses, network adapters, app packages, users and so
    /// on. Empty: nobody looked.
    std::optional<bool> narrowed{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("name", &FirewallRule::name),
            MakeField("program", &FirewallRule::program), MakeField("service", &FirewallRule::service),
            MakeField("protocol", &FirewallRule::protocol),
            MakeField("remote_ports", &FirewallRule::remotePorts),
            MakeField("remote_addresses", &FirewallRule::remoteAddresses),
            MakeField("profiles", &FirewallRule::profiles), MakeField("blocks", &FirewallRule::blocks),
            MakeField("narrowed", &FirewallRule::narrowed, Since{2}));
    }
    bool operator==(const FirewallRule&) const = default;
};

struct FirewallState
{
    std::vector<FirewallProfile> profiles;
    /// Enabled outbound rules that block; those that allow too where an active profile blocks by default.
    std::vector<FirewallRule> rules;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("profiles", &FirewallState::profiles), MakeField("rules", &FirewallState::rules));
    }
    bool operator==(const FirewallState&) const = default;
};

/// INetFwPolicy2: what is configured on this computer. What Group Policy adds is in the registry below
/// SOFTWARE\Policies\Microsoft\WindowsFirewall.
struct ReadFirewall
{
    using Value = FirewallState;
    static constexpr std::string_view kName = "read_firewall";
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple();
    }
};

struct CertificatePresence
{
    /// Those of `wanted` that are there.
    std::vector<std::string> present{};
    /// Those of `wanted` that an older recording did not ask for: nothing is known of them.
    std::vector<std::string> notAsked{};
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(MakeField("present", &CertificatePresence::present),
            MakeField("not_asked", &CertificatePresence::notAsked, Since{2}));
    }
    bool operator==(const CertificatePresence&) const = default;
};

/// Which of these certificates, by SHA-1 in 40 lower-case hex digits, a LocalMachine store holds ("Root",
/// "AuthRoot"). Absent: no such store.
struct FindCertificates
{
    using Value = CertificatePresence;
    static constexpr std::string_view kName = "find_certificates";
    std::string store;
    std::vector<std::string> wanted;
    static constexpr auto kAskedFor = &FindCertificates::wanted;
    template <class = void>
    static constexpr auto Fields()
    {
        return std::tuple(
            MakeField("store", &FindCertificates::store), MakeField("wanted", &FindCertificates::wanted));
    }
};

} // namespace mars
