// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "view.h"

#include <optional>
#include <string>
#include <vector>

/// The HTTPS probes of this page, through the proxy that the agent would use: its own, where the person gave
/// it, else that of its account. All checks of the page ask the same questions, so a pass makes each probe
/// once.
namespace mars::connectivity
{

/// The one row of this page that a host counts in: the first that explains how its probe ended.
enum class Explanation
{
    /// The far end answered, with whatever status.
    kNone,
    /// N-2
    kName,
    /// N-4
    kLogin,
    /// N-3
    kConnection,
    /// N-6
    kTls,
    kNotAsked,
};

struct HostProbe
{
    std::string host;
    /// Documented for every agent: neither a sample of a wildcard nor a host out of the log.
    bool isDocumented = false;
    /// One of many behind a wildcard, which the agent may never use: see ProbeWithSamples.
    bool isSample = false;
    /// Its name may be gone without anything being wrong.
    bool mayVanish = false;
    /// The address of a host out of the log that is reached by a private endpoint of the vault.
    std::string privateAddress;
    /// "host:port" in the order in which they are tried; empty: direct.
    std::vector<std::string> proxies{std::string()};
    /// The one that was used.
    std::string proxy;
    Answer<HttpsProbe> answer = Absent{};

    bool Ended(ProbeEnd end) const
    {
        return answer && answer->end == end;
    }
    bool IsFromLog() const
    {
        return !isDocumented && !isSample;
    }
    /// This computer itself did not let the connection out.
    bool IsBlockedHere() const;
    Explanation ExplainedBy() const;
    /// "login.windows.net:443", how it ended, and the code.
    Finding Describe() const;
    /// Why the host tells nothing: the failed question, or the error behind the end.
    Failure Error() const;
};

struct Probes
{
    std::vector<HostProbe> hosts;
    /// A configuration script decides about the proxy, and it could not be followed: the probes went as if
    /// there were none.
    std::optional<Failure> scriptFailure;

    /// The different proxies of the hosts, and "direct" where one has none.
    std::vector<Finding> Ways() const;
    /// The hosts that are reached by a private endpoint, with their addresses.
    std::vector<Finding> PrivateHosts() const;
};

/// checked_at, computer, context, proxy (of SYSTEM), user_proxy, agent_proxy (as it was given), route (the
/// one of them that counts): when, where and in whose place it is asked. What cannot be asked is left out.
Facts DescribeContext(const MachineView& machine, const Given& given);

/// One of the proxies in words: `owner` is "agent", "system", "user" or "winhttp".
Finding DescribeOwner(const std::string& owner, const std::string& proxy);

/// The hosts of the cloud and those that the agent's log names, with the proxy of each, not asked yet. Fails
/// where the proxy settings that count are not known.
Answer<Probes> FindHosts(const MachineView& machine, const Given& given);

/// The same, each asked. Where a host of the log is reached by a private endpoint, the public ones that the
/// log names besides are left out: they need not be reached. A probe that this computer did not let out
/// counts as not asked where its firewall lets the agent out.
Answer<Probes> ProbeEndpoints(const MachineView& machine, const Given& given);

/// And samples, where the log names no host. They are never a reason for a problem.
Answer<Probes> ProbeWithSamples(const MachineView& machine, const Given& given);

/// Only the documented hosts, by other settings than those of SYSTEM.
Probes ProbeDocumented(const MachineView& machine, const Given& given, const ProxySettings& settings);

bool AnyReached(const Probes& probes);

std::vector<Finding> DescribeAll(const std::vector<const HostProbe*>& probes);

/// The token for how a probe ended: the word of its end, or "closed" and "blocked_here" where the number of
/// Winsock tells more: the far end closed without an answer, this computer did not let the connection out.
std::string EndWord(ProbeEnd end, std::uint32_t code);

/// "10060 (0x274C)".
std::string CodeText(std::uint32_t code);

/// The address, where the name has private ones only.
std::string PrivateAddressOf(const NameResolution& resolution);

/// This computer does not let this program out, but a rule of its firewall lets the agent out: nothing that
/// was asked tells how the agent fares.
bool OnlyTheAgentIsLetOut(const MachineView& machine);

/// The failure that stands for such a question.
Failure NotLetOut(const std::string& host);

/// The part of "host:port" before the port, without brackets.
std::string HostOf(std::string_view proxy);

/// Numbers of Winsock and WinHTTP that say that a name was not resolved.
bool IsNameCode(std::uint32_t code);

} // namespace mars::connectivity
