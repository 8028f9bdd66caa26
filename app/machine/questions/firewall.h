// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Windows Firewall.
namespace mars
{

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
    MARS_FIELDS(FirewallProfile, profile, active, enabled, outboundBlocked);
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
    MARS_FIELDS(FirewallRule, name, program, service, protocol, remotePorts, remoteAddresses, profiles,
        blocks, (narrowed, Since{2}));
    bool operator==(const FirewallRule&) const = default;
};

struct FirewallState
{
    std::vector<FirewallProfile> profiles;
    /// Enabled outbound rules that block; those that allow too where an active profile blocks by default.
    std::vector<FirewallRule> rules;
    MARS_FIELDS(FirewallState, profiles, rules);
    bool operator==(const FirewallState&) const = default;
};

/// INetFwPolicy2: what is configured on this computer. What Group Policy adds is in the registry below
/// SOFTWARE\Policies\Microsoft\WindowsFirewall.
struct ReadFirewall
{
    using Value = FirewallState;
    static constexpr std::string_view kName = "read_firewall";
    static constexpr std::string_view kKind = "network";
    MARS_NO_FIELDS();
};

extern template class ExchangeOf<ReadFirewall>;

} // namespace mars
