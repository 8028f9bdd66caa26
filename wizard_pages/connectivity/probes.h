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

struct HostProbe
{
    std::string host;
    /// Documented for every agent: neither a sample of a wildcard nor a host out of the log.
    bool isDocumented = false;
    bool isSample = false;
    /// "host:port"; empty: direct.
    std::string proxy;
    Answer<HttpsProbe> answer = Absent{};

    bool Ended(ProbeEnd end) const
    {
        return answer && answer->end == end;
    }
    /// "login.windows.net: timed_out 12002 (0x2EE2)"
    std::string Describe() const;
    /// Why the host tells nothing: the failed question, or the error behind the end.
    Failure Error() const;
};

struct Probes
{
    std::vector<HostProbe> hosts;
    /// A configuration script decides about the proxy, which the probes could not follow.
    bool usesScript = false;
};

/// checked_at, proxy (of SYSTEM), user_proxy: in whose place it is asked. What cannot be asked is left out.
Facts DescribeContext(const MachineView& machine);

/// Probes the hosts of the cloud and those that the agent's log names. Fails where the proxy of SYSTEM is not
/// known.
Answer<Probes> ProbeEndpoints(const MachineView& machine, const Given& given);

std::vector<std::string> DescribeAll(const std::vector<const HostProbe*>& probes);

} // namespace mars::connectivity
