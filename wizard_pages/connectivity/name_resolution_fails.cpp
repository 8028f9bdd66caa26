// SPDX-License-Identifier: MIT
#include "ask_all.h"
#include "probes.h"
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
};

/// Who goes direct resolves the hosts' names; who goes through a proxy only the proxy's.
std::vector<Name> NamesOf(const Probes& probes)
{
    std::vector<Name> names;
    for (const HostProbe& probe : probes.hosts)
    {
        const bool isProxy = !probe.proxy.empty();
        std::string host = isProxy ? HostOf(probe.proxy) : probe.host;
        const bool isListed =
            std::ranges::any_of(names, [&](const Name& other) { return EqualsIgnoreCase(other.host, host); });
        if (!isListed)
        {
            names.push_back({std::move(host), isProxy, !isProxy && probe.mayVanish});
        }
    }
    return names;
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
    std::vector<Finding> gone;
    std::vector<Finding> open;
    std::optional<Failure> whyOpen;
    bool onlyProxies = true;
};

Sorted AskFor(const MachineView& machine, const std::vector<Name>& names)
{
    std::vector<ResolveName> questions;
    std::ranges::transform(
        names, std::back_inserter(questions), [](const Name& name) { return ResolveName{name.host}; });
    const auto answers = AskAll(machine, questions);
    Sorted sorted;
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        const Name& name = names[i];
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
            sorted.resolved.push_back(name.host);
            continue;
        }
        const Finding finding{name.host, "name_not_resolved", CodeText(code)};
        if (name.mayVanish && SaysNoSuchName(code))
        {
            sorted.gone.push_back(finding);
            continue;
        }
        sorted.unresolved.push_back(finding);
        sorted.onlyProxies = sorted.onlyProxies && name.isProxy;
    }
    return sorted;
}

Outcome Conclude(const Probes& probes, const Sorted& sorted, Facts facts)
{
    if (!sorted.unresolved.empty())
    {
        if (probes.scriptFailure)
        {
            // Behind a proxy it would not matter that this computer knows no names of the internet.
            return Outcome::CouldNotCheck(*probes.scriptFailure, std::move(facts));
        }
        facts["case"] = sorted.onlyProxies ? "proxy_name" : "problem";
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
    Facts facts = DescribeContext(machine);
    const auto probes = FindHosts(machine, given);
    if (!probes)
    {
        return Outcome::CouldNotCheck(probes.Error(), std::move(facts));
    }
    const Sorted sorted = AskFor(machine, NamesOf(*probes));
    AddNameServers(machine, facts);
    facts["resolved_names"] = sorted.resolved;
    for (const auto& [name, findings] : {std::pair("unresolved_names", &sorted.unresolved),
             std::pair("gone_names", &sorted.gone), std::pair("open_names", &sorted.open)})
    {
        if (!findings->empty())
        {
            facts[name] = *findings;
        }
    }
    return Conclude(*probes, sorted, std::move(facts));
}

} // namespace

const RootCause& NameResolutionFails()
{
    static constexpr RootCause kCause{
        "connectivity.name_resolution_fails", "N-2", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::connectivity
