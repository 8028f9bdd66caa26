// SPDX-License-Identifier: MIT
#include "agent.h"
#include "ascii.h"
#include "last_backup.h"
#include "probes.h"
#include "proxy.h"
#include "questions/log.h"
#include "questions/probes.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>

namespace mars::connectivity
{
namespace
{

/// How the agent and the libraries below it write the answer 407. The last one needs a second look, see
/// IsRefusal.
const std::vector<std::string> kPatterns{"(407)", "Proxy Authentication Required", "0x80190197", " 407"};

/// A bare 407 may be a size or a count: it has to stand alone, in a line about a proxy or a status.
bool IsRefusal(const LogMatch& match)
{
    const std::string_view bare = kPatterns.back();
    if (match.pattern != bare)
    {
        return true;
    }
    const std::size_t at = match.message.find(bare);
    const std::size_t end = at + bare.size();
    const bool standsAlone =
        at != std::string::npos && (end >= match.message.size() || !IsAsciiDigit(match.message[end]));
    const std::string message = FoldCase(match.message);
    const bool isAboutHttp = std::ranges::any_of(std::array{"proxy", "status", "http"},
        [&](const char* word) { return message.find(word) != std::string::npos; });
    return standsAlone && isAboutHttp;
}

/// The newest 407 in the agent's log. Absent: none, or only such that a backup has succeeded since.
Answer<LogMatch> FindInLog(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return agent.HasFailed() ? Answer<LogMatch>(agent.Error()) : Answer<LogMatch>(Absent{});
    }
    const auto scan = machine.Ask(ScanAgentLogs{agent->LogFolder(), kPatterns});
    if (!scan)
    {
        return scan.HasFailed() ? Answer<LogMatch>(scan.Error()) : Answer<LogMatch>(Absent{});
    }
    const auto found = std::ranges::find_if(scan->matches, IsRefusal);
    if (found == scan->matches.end())
    {
        const auto whyNot = WhyNotSure(machine, *scan);
        return whyNot ? Answer<LogMatch>(*whyNot) : Absent{};
    }
    const auto success = ReadLastSuccess(machine);
    return success && *success > found->time ? Answer<LogMatch>(Absent{}) : Answer<LogMatch>(*found);
}

Outcome FoundInLog(const LogMatch& match, Facts facts)
{
    facts["case"] = "in_log";
    facts["refused_at"] = match.time;
    facts["refusals"] = std::vector<std::string>{std::string(Trim(match.message))};
    return Outcome::Problem(Level::kError, std::move(facts));
}

Outcome FoundLive(const std::vector<const HostProbe*>& refused, const Given& given, Facts facts)
{
    facts["refusals"] = DescribeAll(refused);
    if (const auto checkedAt = facts.find("checked_at"); checkedAt != facts.end())
    {
        facts["refused_at"] = checkedAt->second;
    }
    if (AgentsOwnProxy(given).empty())
    {
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    // The agent's own settings may hold a login, which nobody but the agent can try.
    facts["case"] = "own_proxy";
    return Outcome::Problem(Level::kAdvice, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    const auto logged = FindInLog(machine);
    Facts facts = DescribeContext(machine, given);
    if (given.offline)
    {
        return logged ? FoundInLog(*logged, std::move(facts)) : Outcome::NotApplicable(reason::kOffline);
    }
    const auto probes = ProbeEndpoints(machine, given);
    if (!probes)
    {
        return logged ? FoundInLog(*logged, std::move(facts))
                      : Outcome::CouldNotCheck(probes.Error(), std::move(facts));
    }
    std::vector<const HostProbe*> refused;
    std::vector<const HostProbe*> notAsked;
    for (const HostProbe& probe : probes->hosts)
    {
        if (probe.Ended(ProbeEnd::kProxyNeedsLogin))
        {
            refused.push_back(&probe);
        }
        else if (!probe.answer)
        {
            notAsked.push_back(&probe);
        }
    }
    // What the agent itself met says more than what a probe without its login meets.
    const bool isOwn = !AgentsOwnProxy(given).empty();
    if (!refused.empty() && !(isOwn && logged))
    {
        return FoundLive(refused, given, std::move(facts));
    }
    if (logged)
    {
        return FoundInLog(*logged, std::move(facts));
    }
    if (logged.HasFailed())
    {
        return Outcome::CouldNotCheck(logged.Error(), std::move(facts));
    }
    if (!notAsked.empty())
    {
        facts["open_hosts"] = DescribeAll(notAsked);
        return Outcome::CouldNotCheck(notAsked.front()->Error(), std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

std::vector<LogSearch> LogSearches(const Given&)
{
    return {{kPatterns}};
}

} // namespace

const RootCause& ProxyNeedsLogin()
{
    static constexpr RootCause kCause{"connectivity.proxy_needs_login", "N-4", RepairKind::kGuided, true,
        Detect, nullptr, {}, false, LogSearches};
    return kCause;
}

} // namespace mars::connectivity
