// SPDX-License-Identifier: MIT
#include "agent.h"
#include "ask_all.h"
#include "endpoints.h"
#include "last_backup.h"
#include "probes.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

enum class Verdict
{
    /// The far end answered, with whatever status.
    kReached,
    kNoConnection,
    /// Another check of this page explains it: name resolution, the proxy's login, TLS.
    kElsewhere,
    kNotAsked,
    /// A host that need not exist: one of many behind a wildcard, or an old one out of the log.
    kNotJudged,
};

Verdict Judge(const HostProbe& probe)
{
    switch (probe.ExplainedBy())
    {
    case Explanation::kNone:
        return Verdict::kReached;
    case Explanation::kName:
        return probe.isDocumented ? Verdict::kElsewhere : Verdict::kNotJudged;
    case Explanation::kLogin:
    case Explanation::kTls:
        return Verdict::kElsewhere;
    case Explanation::kNotAsked:
        return Verdict::kNotAsked;
    case Explanation::kConnection:
        break;
    }
    return Verdict::kNoConnection;
}

/// The newest sign of a backup that went through: an event of success, or the end of a data transfer in the
/// log.
std::optional<Timestamp> FindLastTransfer(const MachineView& machine)
{
    const auto event = ReadLastSuccess(machine);
    std::optional<Timestamp> newest = event ? std::optional(*event) : std::nullopt;
    const auto agent = FindAgent(machine);
    const auto scan = agent ? machine.Ask(ScanAgentLogs{agent->LogFolder(), {"FileProvider::EndData"}})
                            : Answer<LogScan>(Absent{});
    if (scan && !scan->matches.empty())
    {
        const Timestamp logged = scan->matches.front().time;
        newest = newest ? std::max(*newest, logged) : logged;
    }
    return newest;
}

struct Judged
{
    std::vector<const HostProbe*> reached;
    std::vector<const HostProbe*> noConnection;
    /// Neither reached nor proven to be out of reach.
    std::vector<const HostProbe*> open;
};

Judged Sort(const Probes& probes)
{
    Judged judged;
    for (const HostProbe& probe : probes.hosts)
    {
        switch (Judge(probe))
        {
        case Verdict::kReached:
            judged.reached.push_back(&probe);
            break;
        case Verdict::kNoConnection:
            judged.noConnection.push_back(&probe);
            break;
        case Verdict::kElsewhere:
            if (probe.isDocumented)
            {
                judged.open.push_back(&probe);
            }
            break;
        case Verdict::kNotAsked:
            judged.open.push_back(&probe);
            break;
        case Verdict::kNotJudged:
            break;
        }
    }
    return judged;
}

bool SucceededToday(const Facts& facts, const std::optional<Timestamp>& lastTransfer)
{
    const auto now = facts.find("checked_at");
    return lastTransfer && now != facts.end()
        && std::get<Timestamp>(now->second) - *lastTransfer <= std::chrono::hours(24);
}

Outcome Conclude(
    const Probes& probes, const Judged& judged, const std::optional<Timestamp>& lastTransfer, Facts facts)
{
    const auto problem = [&](Level level, const char* textCase) {
        facts["case"] = textCase;
        return Outcome::Problem(level, std::move(facts));
    };
    if (judged.noConnection.empty())
    {
        if (!judged.open.empty())
        {
            return Outcome::CouldNotCheck(judged.open.front()->Error(), std::move(facts));
        }
        return judged.reached.empty() ? Outcome::CouldNotCheck(probes.hosts.front().Error(), std::move(facts))
                                      : Outcome::Passed(std::move(facts));
    }
    if (probes.scriptFailure)
    {
        return Outcome::CouldNotCheck(*probes.scriptFailure, std::move(facts));
    }
    if (judged.reached.empty() && SucceededToday(facts, lastTransfer))
    {
        facts["last_backup"] = *lastTransfer;
        return problem(Level::kWarning, "own_proxy");
    }
    if (std::ranges::all_of(judged.noConnection, &HostProbe::isSample))
    {
        return problem(Level::kWarning, "only_samples");
    }
    const bool isOwnDoing = std::ranges::all_of(
        judged.noConnection, [](const HostProbe* probe) { return probe->IsBlockedHere(); });
    if (isOwnDoing)
    {
        return problem(Level::kError, "blocked_here");
    }
    const bool isProxy = std::ranges::all_of(judged.noConnection,
        [](const HostProbe* probe) { return probe->Ended(ProbeEnd::kProxyUnreachable); });
    return isProxy ? problem(Level::kError, "proxy_unreachable")
                   : Outcome::Problem(Level::kError, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (given.offline)
    {
        return Outcome::NotApplicable(reason::kOffline);
    }
    Facts facts = DescribeContext(machine);
    Answer<Probes> probes = Absent{};
    std::optional<Timestamp> lastTransfer;
    // Asked beside the probes: after them there may be no time left.
    RunSideBySide({[&] { probes = ProbeEndpoints(machine, given); },
        [&] { lastTransfer = FindLastTransfer(machine); }});
    if (!probes)
    {
        return Outcome::CouldNotCheck(probes.Error(), std::move(facts));
    }
    const Judged judged = Sort(*probes);
    const Endpoints& endpoints = EndpointsOf(given.cloud);
    facts["allow"] = endpoints.allow;
    facts["ranges"] = endpoints.ranges.empty() ? std::vector<std::string>{"-"} : endpoints.ranges;
    facts["ways"] = probes->Ways();
    facts["reached_hosts"] = DescribeAll(judged.reached);
    if (!judged.noConnection.empty())
    {
        facts["unreachable_hosts"] = DescribeAll(judged.noConnection);
    }
    if (!judged.open.empty())
    {
        facts["open_hosts"] = DescribeAll(judged.open);
    }
    return Conclude(*probes, judged, lastTransfer, std::move(facts));
}

} // namespace

const RootCause& EndpointUnreachable()
{
    static constexpr RootCause kCause{
        "connectivity.endpoint_unreachable", "N-3", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::connectivity
