// SPDX-License-Identifier: MIT
#include "ask_all.h"
#include "probes.h"
#include "proxy.h"
#include "questions/network.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>
#include <array>

namespace mars::connectivity
{
namespace
{

struct Name
{
    std::string host;
    bool isProxy = false;
    bool mayVanish = false;
    bool isFromLog = false;
};

/// Who goes direct resolves the host's name; who goes through a proxy only the proxy's.
std::string NameOnTheWay(const HostProbe& probe, const std::string& proxy)
{
    return proxy.empty() ? probe.host : HostOf(proxy);
}

std::vector<Name> NamesOf(const Probes& probes)
{
    std::vector<Name> names;
    for (const HostProbe& probe : probes.hosts)
    {
        for (const std::string& proxy : probe.proxies)
        {
            std::string host = NameOnTheWay(probe, proxy);
            const bool isListed = std::ranges::any_of(
                names, [&](const Name& other) { return EqualsIgnoreCase(other.host, host); });
            if (!isListed)
            {
                const bool isDirect = proxy.empty();
                names.push_back(
                    {std::move(host), !isDirect, isDirect && probe.mayVanish, isDirect && probe.IsFromLog()});
            }
        }
    }
    return names;
}

/// Every host that would go by this name has another way, whose name is known.
bool IsSpare(const Probes& probes, const std::string& name, const std::vector<std::string>& resolved)
{
    return std::ranges::all_of(probes.hosts, [&](const HostProbe& probe) {
        bool goesByIt = false;
        bool hasOther = false;
        for (const std::string& proxy : probe.proxies)
        {
            const std::string way = NameOnTheWay(probe, proxy);
            goesByIt = goesByIt || EqualsIgnoreCase(way, name);
            hasOther = hasOther || std::ranges::find(resolved, way) != resolved.end();
        }
        return !goesByIt || hasOther;
    });
}

/// WSAHOST_NOT_FOUND, WSANO_DATA: somebody answered that there is no such name.
bool SaysNoSuchName(std::uint32_t code)
{
    constexpr std::array kCodes{11001U, 11004U};
    return std::ranges::find(kCodes, code) != kCodes.end();
}

void AddNameServers(const MachineView& machine, Facts& facts)
{
    const auto list = machine.Ask(ListNetworkAdapters{});
    std::vector<std::string> servers;
    for (const NetworkAdapter& adapter : list.ValueOr({}).adapters)
    {
        for (const std::string& server : adapter.nameServers)
        {
            if (adapter.up && std::ranges::find(servers, server) == servers.end())
            {
                servers.push_back(server);
            }
        }
    }
    if (!servers.empty())
    {
        facts["name_servers"] = std::move(servers);
    }
}

struct Sorted
{
    std::vector<std::string> resolved;
    std::vector<Finding> unresolved;
    /// Hosts out of the log that are reached by a private endpoint; the public ones are not needed then.
    std::vector<Finding> byPrivateEndpoint;
    /// Names that are not needed.
    std::vector<Finding> gone;
    std::vector<Finding> open;
    std::optional<Failure> whyOpen;
    bool onlyProxies = true;
};

Sorted WithResolved(const std::vector<Name>& names, const std::vector<Answer<NameResolution>>& answers)
{
    Sorted sorted;
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        if (!answers[i] || answers[i]->code != 0)
        {
            continue;
        }
        sorted.resolved.push_back(names[i].host);
        const std::string address = names[i].isFromLog ? PrivateAddressOf(*answers[i]) : std::string();
        if (!address.empty())
        {
            sorted.byPrivateEndpoint.push_back({names[i].host, "private_endpoint", address});
        }
    }
    return sorted;
}

Sorted AskFor(const MachineView& machine, const Probes& probes)
{
    const std::vector<Name> names = NamesOf(probes);
    std::vector<ResolveName> questions;
    std::ranges::transform(
        names, std::back_inserter(questions), [](const Name& name) { return ResolveName{name.host}; });
    const auto answers = AskAll(machine, questions);
    const auto isNotRecorded = [](const auto& answer) {
        return answer.HasFailed() && answer.Error().code == code::kNotRecorded;
    };
    // Names that an older recording did not ask for say nothing, unless it asked for none.
    const bool someRecorded = !std::ranges::all_of(answers, isNotRecorded);
    Sorted sorted = WithResolved(names, answers);
    const bool needsNoPublicOnes = !sorted.byPrivateEndpoint.empty();
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        const Name& name = names[i];
        if (someRecorded && isNotRecorded(answers[i]))
        {
            continue;
        }
        if (!answers[i])
        {
            sorted.whyOpen = answers[i].HasFailed() ? answers[i].Error()
                                                    : Failure{code::kNotSupported, "resolve " + name.host};
            sorted.open.push_back({name.host, "not_asked", CodeText(sorted.whyOpen->code)});
            continue;
        }
        const std::uint32_t code = answers[i]->code;
        if (code == 0)
        {
            continue;
        }
        const Finding finding{name.host, "name_not_resolved", CodeText(code)};
        if ((name.isFromLog && needsNoPublicOnes) || (name.mayVanish && SaysNoSuchName(code))
            || IsSpare(probes, name.host, sorted.resolved))
        {
            sorted.gone.push_back(finding);
            continue;
        }
        sorted.unresolved.push_back(finding);
        sorted.onlyProxies = sorted.onlyProxies && name.isProxy;
    }
    return sorted;
}

Outcome Conclude(const Probes& probes, const Sorted& sorted, const Given& given, Facts facts)
{
    if (!sorted.unresolved.empty())
    {
        if (probes.scriptFailure)
        {
            // Behind a proxy it would not matter that this computer knows no names of the internet.
            return Outcome::CouldNotCheck(*probes.scriptFailure, std::move(facts));
        }
        const bool isOwn = !AgentsOwnProxy(given).empty();
        facts["case"] = !sorted.onlyProxies ? "problem" : isOwn ? "own_proxy_name" : "proxy_name";
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (sorted.whyOpen)
    {
        return Outcome::CouldNotCheck(*sorted.whyOpen, std::move(facts));
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    if (given.offline)
    {
        return Outcome::NotApplicable(reason::kOffline);
    }
    Facts facts = DescribeContext(machine, given);
    const auto probes = FindHosts(machine, given);
    if (!probes)
    {
        return Outcome::CouldNotCheck(probes.Error(), std::move(facts));
    }
    const Sorted sorted = AskFor(machine, *probes);
    AddNameServers(machine, facts);
    facts["resolved_names"] = sorted.resolved;
    for (const auto& [name, findings] : {std::pair("unresolved_names", &sorted.unresolved),
             std::pair("private_hosts", &sorted.byPrivateEndpoint), std::pair("gone_names", &sorted.gone),
             std::pair("open_names", &sorted.open)})
    {
        if (!findings->empty())
        {
            facts[name] = *findings;
        }
    }
    return Conclude(*probes, sorted, given, std::move(facts));
}

} // namespace

const RootCause& NameResolutionFails()
{
    static constexpr RootCause kCause{
        "connectivity.name_resolution_fails", "N-2", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::connectivity
