// SPDX-License-Identifier: MIT
#include "agent.h"
#include "ask_all.h"
#include "endpoints.h"
#include "last_backup.h"
#include "probes.h"
#include "proxy.h"
#include "questions/log.h"
#include "questions/probes.h"
#include "root_cause.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

/// What the agent writes when it has sent a piece.
constexpr const char* kTransferDone = "FileProvider::EndData";

enum class Verdict
{
    /// The far end answered, with whatever status.
    kReached,
    kNoConnection,
    /// Another check of this page explains it: name resolution, the proxy's login, TLS.
    kElsewhere,
    kNotAsked,
    /// An old host out of the log, which need not exist any more.
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
    const auto scan =
        agent ? machine.Ask(ScanAgentLogs{agent->LogFolder(), {kTransferDone}}) : Answer<LogScan>(Absent{});
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
    /// Samples to which there is no connection, or for which the proxy wants a login: no problem, but worth a
    /// look at the firewall's list.
    std::vector<const HostProbe*> samples;
    /// Neither reached nor proven to be out of reach.
    std::vector<const HostProbe*> open;
};

Judged Sort(const Probes& probes)
{
    Judged judged;
    for (const HostProbe& probe : probes.hosts)
    {
        if (probe.isSample)
        {
            const Explanation why = probe.ExplainedBy();
            const bool counts = why == Explanation::kConnection || why == Explanation::kLogin;
            if (counts || why == Explanation::kNone)
            {
                (counts ? judged.samples : judged.reached).push_back(&probe);
            }
            continue;
        }
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

Outcome Problem(Level level, const char* textCase, Facts facts)
{
    facts["case"] = textCase;
    return Outcome::Problem(level, std::move(facts));
}

/// What the hosts to which there is no connection have in common.
const char* CaseOf(const std::vector<const HostProbe*>& hosts, const Given& given)
{
    const auto all = [&](auto condition) { return std::ranges::all_of(hosts, condition); };
    if (all([](const HostProbe* probe) { return probe->IsBlockedHere(); }))
    {
        return "blocked_here";
    }
    if (all([](const HostProbe* probe) { return probe->Ended(ProbeEnd::kProxyUnreachable); }))
    {
        return AgentsOwnProxy(given).empty() ? "proxy_unreachable" : "own_proxy_unreachable";
    }
    return all([](const HostProbe* probe) { return !probe->privateAddress.empty(); }) ? "private_unreachable"
                                                                                      : "problem";
}

Outcome ConcludeGood(const Probes& probes, const Judged& judged, Facts facts)
{
    const auto isDocumented = [](const HostProbe* probe) { return !probe->isSample; };
    if (!judged.open.empty() || std::ranges::none_of(judged.reached, isDocumented))
    {
        return Outcome::CouldNotCheck(
            judged.open.empty() ? probes.hosts.front().Error() : judged.open.front()->Error(),
            std::move(facts));
    }
    if (!judged.samples.empty())
    {
        facts["unreachable_hosts"] = DescribeAll(judged.samples);
        return Problem(Level::kAdvice, "only_samples", std::move(facts));
    }
    if (facts.contains("private_hosts"))
    {
        facts["case"] = "private_endpoint";
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Conclude(const Probes& probes, const Judged& judged, const std::optional<Timestamp>& lastTransfer,
    const Given& given, Facts facts)
{
    if (judged.noConnection.empty())
    {
        return ConcludeGood(probes, judged, std::move(facts));
    }
    if (probes.scriptFailure)
    {
        return Outcome::CouldNotCheck(*probes.scriptFailure, std::move(facts));
    }
    facts["unreachable_hosts"] = DescribeAll(judged.noConnection);
    if (given.agentProxy.empty() && judged.reached.empty() && SucceededToday(facts, lastTransfer))
    {
        facts["last_backup"] = *lastTransfer;
        return Problem(Level::kAdvice, "own_proxy", std::move(facts));
    }
    return Problem(Level::kError, CaseOf(judged.noConnection, given), std::move(facts));
}

/// What the network team has to know: who asked, which way, and what to allow.
void AddWhatIsNeeded(const Probes& probes, const Endpoints& endpoints, Facts& facts)
{
    facts["allow"] = endpoints.allow;
    facts["ranges"] = endpoints.ranges.empty() ? std::vector<std::string>{"-"} : endpoints.ranges;
    facts["certificate_hosts"] = endpoints.certificateHosts;
    facts["ways"] = probes.Ways();
    if (auto found = probes.PrivateHosts(); !found.empty())
    {
        facts["private_hosts"] = std::move(found);
    }
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (given.offline)
    {
        return Outcome::NotApplicable(reason::kOffline);
    }
    Facts facts = DescribeContext(machine, given);
    Answer<Probes> probes = Absent{};
    std::optional<Timestamp> lastTransfer;
    // Asked beside the probes: after them there may be no time left.
    RunSideBySide({[&] { probes = ProbeWithSamples(machine, given); },
        [&] { lastTransfer = FindLastTransfer(machine); }});
    if (!probes)
    {
        return Outcome::CouldNotCheck(probes.Error(), std::move(facts));
    }
    const Judged judged = Sort(*probes);
    AddWhatIsNeeded(*probes, EndpointsOf(given.cloud), facts);
    facts["reached_hosts"] = DescribeAll(judged.reached);
    if (!judged.open.empty())
    {
        facts["open_hosts"] = DescribeAll(judged.open);
    }
    return Conclude(*probes, judged, lastTransfer, given, std::move(facts));
}

/// With the hosts of the log, which all checks of this page ask.
std::vector<LogSearch> LogSearches(const Given& given)
{
    return {{{kTransferDone}}, {EndpointsOf(given.cloud).serviceSuffixes}};
}

} // namespace

const RootCause& EndpointUnreachable()
{
    static constexpr RootCause kCause{"connectivity.endpoint_unreachable", "N-3", RepairKind::kGuided, true,
        Detect, nullptr, {}, false, LogSearches};
    return kCause;
}

} // namespace mars::connectivity
