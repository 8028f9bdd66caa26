// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "view.h"

#include <optional>
#include <string>
#include <vector>

/// The HTTPS probes of this page, through the proxy that the agent's account would use. All checks of the
/// page ask the same questions, so a pass makes each probe once.
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
    bool isSample = false;
    /// Its name may be gone without anything being wrong.
    bool mayVanish = false;
    /// "host:port" in the order in which they are tried; empty: direct.
    std::vector<std::string> proxies{std::string()};
    /// The one that was used.
    std::string proxy;
    Answer<HttpsProbe> answer = Absent{};

    bool Ended(ProbeEnd end) const
    {
        return answer && answer->end == end;
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

    /// The different proxies of the hosts; "direct" for those that have none.
    std::vector<std::string> Ways() const;
};

/// checked_at, computer, context, proxy (of SYSTEM), user_proxy: when, where and in whose place it is asked.
/// What cannot be asked is left out.
Facts DescribeContext(const MachineView& machine);

/// The hosts of the cloud and those that the agent's log names, with the proxy of each, not asked yet. Fails
/// where the proxy settings of SYSTEM are not known.
Answer<Probes> FindHosts(const MachineView& machine, const Given& given);

/// The same, each asked.
Answer<Probes> ProbeEndpoints(const MachineView& machine, const Given& given);

/// Only the documented hosts, by other settings than those of SYSTEM.
Probes ProbeDocumented(const MachineView& machine, const Given& given, const ProxySettings& settings);

bool AnyReached(const Probes& probes);

std::vector<Finding> DescribeAll(const std::vector<const HostProbe*>& probes);

/// The token for how a probe ended: the word of its end, or "closed" and "blocked_here" where the number of
/// Winsock tells more: the far end closed without an answer, this computer did not let the connection out.
std::string EndWord(ProbeEnd end, std::uint32_t code);

/// "10060 (0x274C)".
std::string CodeText(std::uint32_t code);

/// The part of "host:port" before the port, without brackets.
std::string HostOf(std::string_view proxy);

/// Numbers of Winsock and WinHTTP that say that a name was not resolved.
bool IsNameCode(std::uint32_t code);

} // namespace mars::connectivity
