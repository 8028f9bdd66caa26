// SPDX-License-Identifier: MIT
#include "probes.h"

#include "agent.h"
#include "ask_all.h"
#include "endpoints.h"
#include "proxy.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::connectivity
{
namespace
{

constexpr const char* kDirect = "direct";
/// The newest ones; an agent uses few.
constexpr std::size_t kMostLogHosts = 8;

std::vector<HostProbe> Probe(
    const MachineView& machine, const ProxySettings& settings, std::vector<HostProbe> hosts)
{
    std::vector<ProbeHttps> questions;
    for (HostProbe& host : hosts)
    {
        host.proxy = ProxyFor(settings, host.host);
        questions.push_back({host.host, 443, host.proxy});
    }
    const auto answers = AskAll(machine, questions);
    for (std::size_t i = 0; i < hosts.size(); ++i)
    {
        hosts[i].answer = answers[i];
    }
    return hosts;
}

std::vector<HostProbe> ListHosts(const Endpoints& endpoints)
{
    std::vector<HostProbe> hosts;
    for (const EndpointHost& host : endpoints.hosts)
    {
        hosts.push_back({host.name, !host.isSample, host.isSample, {}, Absent{}});
    }
    return hosts;
}

/// The hosts of the service that the agent wrote of. A log that is missing or cannot be read adds none: the
/// documented hosts are judged without it.
std::vector<HostProbe> ListLogHosts(const MachineView& machine, const Endpoints& endpoints)
{
    const auto agent = FindAgent(machine);
    const auto scan = agent ? machine.Ask(ScanAgentLogs{agent->LogFolder(), endpoints.serviceSuffixes})
                            : Answer<LogScan>(Absent{});
    std::vector<HostProbe> hosts;
    for (const LogMatch& match : scan.ValueOr({}).matches)
    {
        for (const std::string& name : FindServiceHosts(match.message, endpoints.serviceSuffixes))
        {
            const bool isKnown = std::ranges::find(hosts, name, &HostProbe::host) != hosts.end()
                || std::ranges::find(endpoints.hosts, name, &EndpointHost::name) != endpoints.hosts.end();
            if (!isKnown && hosts.size() < kMostLogHosts)
            {
                hosts.push_back({name, false, false, {}, Absent{}});
            }
        }
    }
    return hosts;
}

std::string DescribeSettings(const Answer<ProxySettings>& settings)
{
    const std::string text = settings ? DescribeProxy(*settings) : std::string();
    return text.empty() ? kDirect : text;
}

} // namespace

std::string HostProbe::Describe() const
{
    const Failure why = Error();
    const bool hasStatus = answer && answer->httpStatus != 0;
    const std::uint32_t number = hasStatus ? answer->httpStatus : why.code;
    return hasStatus
        ? fmt::format("{}: {} {}", host, WordOf(answer->end), number)
        : fmt::format("{}: {} {} (0x{:X})", host, answer ? WordOf(answer->end) : "not_asked", number, number);
}

Failure HostProbe::Error() const
{
    if (answer.HasFailed())
    {
        return answer.Error();
    }
    return {answer && answer->code != 0 ? answer->code : code::kNotSupported,
        fmt::format("{}: {}", host, answer ? WordOf(answer->end) : "absent")};
}

Facts DescribeContext(const MachineView& machine)
{
    Facts facts;
    for (const auto& [name, owner] :
        {std::pair("proxy", ProxyOwner::kSystem), std::pair("user_proxy", ProxyOwner::kUser)})
    {
        const auto settings = machine.Ask(ReadProxySettings{owner});
        if (!settings.HasFailed())
        {
            facts[name] = DescribeSettings(settings);
        }
    }
    const auto clock = machine.Ask(ReadClock{});
    if (clock)
    {
        facts["checked_at"] = clock->now;
    }
    return facts;
}

Answer<Probes> ProbeEndpoints(const MachineView& machine, const Given& given)
{
    const auto system = machine.Ask(ReadProxySettings{ProxyOwner::kSystem});
    if (system.HasFailed())
    {
        return system.Error();
    }
    Probes probes;
    const ProxySettings settings = system.ValueOr({});
    probes.usesScript = UsesScript(settings);

    const Endpoints& endpoints = EndpointsOf(given.cloud);
    std::vector<HostProbe> listed = ListHosts(endpoints);
    std::vector<HostProbe> logged;
    RunSideBySide({[&] { listed = Probe(machine, settings, std::move(listed)); },
        [&] { logged = Probe(machine, settings, ListLogHosts(machine, endpoints)); }});
    probes.hosts = std::move(listed);
    probes.hosts.insert(probes.hosts.end(), logged.begin(), logged.end());
    return probes;
}

std::vector<std::string> DescribeAll(const std::vector<const HostProbe*>& probes)
{
    std::vector<std::string> lines;
    std::ranges::transform(
        probes, std::back_inserter(lines), [](const HostProbe* probe) { return probe->Describe(); });
    return lines;
}

} // namespace mars::connectivity
