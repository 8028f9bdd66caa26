// SPDX-License-Identifier: MIT
#include "probes.h"

#include "agent.h"
#include "ask_all.h"
#include "credentials_file.h"
#include "endpoints.h"
#include "firewall_rules.h"
#include "private_address.h"
#include "proxy.h"
#include "questions/computer.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::connectivity
{
namespace
{

constexpr const char* kDirect = "direct";
constexpr std::uint32_t kHttpsPort = 443;
// WSAEACCES.
constexpr std::uint32_t kNotAllowed = 10013;
/// The newest ones; an agent uses few.
constexpr std::size_t kMostLogHosts = 8;

/// Finds the proxies of each host.
void Route(const MachineView& machine, const ProxySettings& settings, Probes& probes)
{
    std::vector<Answer<std::vector<std::string>>> proxies(probes.hosts.size(), Absent{});
    std::vector<std::function<void()>> jobs;
    for (std::size_t i = 0; i < proxies.size(); ++i)
    {
        jobs.push_back([&, i] { proxies[i] = FindProxies(machine, settings, probes.hosts[i].host); });
    }
    RunSideBySide(jobs);
    for (std::size_t i = 0; i < proxies.size(); ++i)
    {
        HostProbe& host = probes.hosts[i];
        host.proxies = proxies[i].ValueOr(std::vector{ProxyFor(settings, host.host)});
        host.proxy = host.proxies.front();
        if (proxies[i].HasFailed())
        {
            probes.scriptFailure = proxies[i].Error();
        }
    }
}

/// Not where a proxy looks the name up.
void LookForPrivateEndpoint(const MachineView& machine, HostProbe& host)
{
    const auto resolution = machine.Ask(ResolveName{host.host});
    if (resolution)
    {
        host.privateAddress = PrivateAddressOf(*resolution);
    }
}

void LeaveOutPublicOnes(std::vector<HostProbe>& hosts)
{
    const auto isPrivate = [](const HostProbe& probe) { return !probe.privateAddress.empty(); };
    if (std::ranges::any_of(hosts, isPrivate))
    {
        std::erase_if(hosts, [&](const HostProbe& probe) { return probe.IsFromLog() && !isPrivate(probe); });
    }
}

void LeaveToTheAgent(const MachineView& machine, std::vector<HostProbe>& hosts)
{
    if (std::ranges::any_of(hosts, &HostProbe::IsBlockedHere) && OnlyTheAgentIsLetOut(machine))
    {
        for (HostProbe& host : hosts)
        {
            host.answer = host.IsBlockedHere() ? Answer<HttpsProbe>(NotLetOut(host.host)) : host.answer;
        }
    }
}

void AskAllHosts(const MachineView& machine, Probes& probes)
{
    std::vector<std::function<void()>> jobs;
    for (HostProbe& host : probes.hosts)
    {
        jobs.push_back([&machine, &host] {
            ProbeHttps question{host.host, kHttpsPort, {}};
            host.answer = AskThrough(machine, question, host.proxies);
            host.proxy = question.proxy;
        });
        if (host.IsFromLog() && host.proxies.front().empty())
        {
            jobs.push_back([&machine, &host] { LookForPrivateEndpoint(machine, host); });
        }
    }
    RunSideBySide(jobs);
    LeaveOutPublicOnes(probes.hosts);
    LeaveToTheAgent(machine, probes.hosts);
}

Probes ToProbes(const std::vector<EndpointHost>& hosts)
{
    Probes probes;
    for (const EndpointHost& host : hosts)
    {
        HostProbe& probe = probes.hosts.emplace_back();
        probe.host = host.name;
        probe.isDocumented = !host.isSample;
        probe.isSample = host.isSample;
        probe.mayVanish = host.mayVanish;
    }
    return probes;
}

Probes ListDocumented(const Endpoints& endpoints)
{
    std::vector<EndpointHost> hosts = endpoints.hosts;
    std::erase_if(hosts, &EndpointHost::isSample);
    return ToProbes(hosts);
}

Probes ListSamples(const MachineView& machine, const Given& given, const Endpoints& endpoints)
{
    const auto credentials = ReadCredentialsFile(machine, given);
    const auto* read = std::get_if<ReadCredentials>(&credentials);
    return ToProbes(SamplesFor(endpoints, read == nullptr ? std::string() : read->content.location));
}

/// The hosts of the service that the agent wrote of. A log that is missing or cannot be read adds none: the
/// documented hosts are judged without it.
Probes ListLogHosts(const MachineView& machine, const Endpoints& endpoints)
{
    const auto agent = FindAgent(machine);
    const auto scan = agent ? machine.Ask(ScanAgentLogs{agent->LogFolder(), endpoints.serviceSuffixes})
                            : Answer<LogScan>(Absent{});
    Probes probes;
    std::vector<HostProbe>& hosts = probes.hosts;
    for (const LogMatch& match : scan.ValueOr({}).matches)
    {
        for (const std::string& name : FindServiceHosts(match.message, endpoints.serviceSuffixes))
        {
            const bool isKnown = std::ranges::find(hosts, name, &HostProbe::host) != hosts.end()
                || std::ranges::find(endpoints.hosts, name, &EndpointHost::name) != endpoints.hosts.end();
            if (!isKnown && hosts.size() < kMostLogHosts)
            {
                // An old host may be gone.
                hosts.emplace_back().host = name;
                hosts.back().mayVanish = true;
            }
        }
    }
    return probes;
}

/// Hosts of today's list that an older recording did not ask: nothing is known of them, and the others are
/// judged as before. Where none was asked, that is the answer.
void LeaveOutNotRecorded(std::vector<HostProbe>& hosts)
{
    const auto isUnknown = [](const HostProbe& probe) {
        return probe.answer.HasFailed() && probe.answer.Error().code == code::kNotRecorded;
    };
    if (!std::ranges::all_of(hosts, isUnknown))
    {
        std::erase_if(hosts, isUnknown);
    }
}

enum class Samples
{
    kLeaveOut,
    /// Where the log names no host.
    kTake,
};

/// Both lists side by side: the log takes its time. `work` goes on with each.
template <class Work>
Answer<Probes> ForBothLists(const MachineView& machine, const Given& given, Samples samples, Work work)
{
    const auto stored = ReadAgentsProxy(machine, given);
    if (stored.HasFailed())
    {
        return stored.Error();
    }
    const ProxySettings settings = stored.ValueOr({});
    const Endpoints& endpoints = EndpointsOf(given.cloud);
    Probes listed = ListDocumented(endpoints);
    Probes logged;
    const auto finish = [&](Probes& probes) {
        Route(machine, settings, probes);
        work(probes);
    };
    RunSideBySide({[&] { finish(listed); },
        [&] {
            logged = ListLogHosts(machine, endpoints);
            if (samples == Samples::kTake && logged.hosts.empty())
            {
                logged = ListSamples(machine, given, endpoints);
            }
            finish(logged);
        }});
    listed.hosts.insert(listed.hosts.end(), logged.hosts.begin(), logged.hosts.end());
    listed.scriptFailure = listed.scriptFailure ? listed.scriptFailure : logged.scriptFailure;
    return listed;
}

Answer<Probes> ProbeBothLists(const MachineView& machine, const Given& given, Samples samples)
{
    auto probes = ForBothLists(machine, given, samples, [&](Probes& some) { AskAllHosts(machine, some); });
    if (probes)
    {
        LeaveOutNotRecorded(probes->hosts);
    }
    return probes;
}

/// A status of HTTP as an error of Windows: HTTP_E_STATUS_PROXY_AUTH_REQ for 407 and so on (winerror.h).
std::uint32_t HttpCode(std::uint32_t status)
{
    constexpr std::uint32_t kFacilityHttp = 0x80190000;
    return kFacilityHttp | status;
}

std::string ProxyIn(const Answer<ProxySettings>& settings)
{
    return settings ? DescribeProxy(*settings) : std::string();
}

std::vector<Finding> DescribeAsker(const ProcessContext& context, const std::string& agentsOwn)
{
    std::vector<Finding> how{{agentsOwn, agentsOwn.empty() ? "system_settings" : "agents_own_proxy", {}},
        {{},
            context.system         ? "as_system"
                : context.elevated ? "elevated"
                                   : "not_elevated",
            {}}};
    if (context.remoteSession)
    {
        how.push_back({{}, "remote_session", {}});
    }
    return how;
}

std::string DetailOf(const HostProbe& probe)
{
    if (probe.answer && probe.answer->httpStatus != 0)
    {
        return std::to_string(probe.answer->httpStatus);
    }
    const std::string code = CodeText(probe.Error().code);
    return probe.Ended(ProbeEnd::kNotTrusted) && !probe.answer->certificateIssuer.empty()
        ? fmt::format("{}, {}", code, probe.answer->certificateIssuer)
        : code;
}

} // namespace

bool HostProbe::IsBlockedHere() const
{
    return answer && answer->code == kNotAllowed;
}

Explanation HostProbe::ExplainedBy() const
{
    if (!answer)
    {
        return Explanation::kNotAsked;
    }
    switch (answer->end)
    {
    case ProbeEnd::kAnswered:
        return Explanation::kNone;
    case ProbeEnd::kNameNotResolved:
        return Explanation::kName;
    case ProbeEnd::kProxyNeedsLogin:
        return Explanation::kLogin;
    case ProbeEnd::kTlsFailed:
    case ProbeEnd::kNotTrusted:
        return Explanation::kTls;
    case ProbeEnd::kProxyUnreachable:
        return IsNameCode(answer->code) ? Explanation::kName : Explanation::kConnection;
    case ProbeEnd::kRefused:
    case ProbeEnd::kReset:
    case ProbeEnd::kTimedOut:
    case ProbeEnd::kProxyRefused:
        break;
    }
    return Explanation::kConnection;
}

Finding HostProbe::Describe() const
{
    return {fmt::format("{}:{}", host, kHttpsPort),
        answer ? EndWord(answer->end, answer->code) : std::string("not_asked"), DetailOf(*this)};
}

Failure HostProbe::Error() const
{
    if (answer.HasFailed())
    {
        return answer.Error();
    }
    if (!answer)
    {
        return {code::kNotSupported, fmt::format("{}: absent", host)};
    }
    const std::uint32_t code = answer->code != 0 ? answer->code
        : answer->httpStatus != 0                ? HttpCode(answer->httpStatus)
                                                 : code::kNotSupported;
    return {code, fmt::format("{}: {}", host, EndWord(answer->end, answer->code))};
}

std::vector<Finding> Probes::Ways() const
{
    std::vector<Finding> ways;
    for (const HostProbe& host : hosts)
    {
        const Finding way{host.proxy, host.proxy.empty() ? "way_direct" : "way_proxy", {}};
        if (std::ranges::find(ways, way) == ways.end())
        {
            ways.push_back(way);
        }
    }
    return ways;
}

std::vector<Finding> Probes::PrivateHosts() const
{
    std::vector<Finding> found;
    for (const HostProbe& host : hosts)
    {
        if (!host.privateAddress.empty())
        {
            found.push_back({host.host, "private_endpoint", host.privateAddress});
        }
    }
    return found;
}

Finding DescribeOwner(const std::string& owner, const std::string& proxy)
{
    return {proxy, "proxy_of_" + owner + (proxy.empty() ? "_none" : ""), {}};
}

Facts DescribeContext(const MachineView& machine, const Given& given)
{
    Facts facts;
    const std::string own = AgentsOwnProxy(given);
    const auto system = machine.Ask(ReadProxySettings{ProxyOwner::kSystem});
    for (const auto& [name, settings] : {std::pair("proxy", system),
             std::pair("user_proxy", machine.Ask(ReadProxySettings{ProxyOwner::kUser}))})
    {
        if (!settings.HasFailed())
        {
            const std::string proxy = ProxyIn(settings);
            facts[name] = proxy.empty() ? kDirect : proxy;
        }
    }
    if (!given.agentProxy.empty())
    {
        facts["agent_proxy"] = given.agentProxy;
    }
    if (!own.empty() || !system.HasFailed())
    {
        facts["route"] =
            std::vector{own.empty() ? DescribeOwner("system", ProxyIn(system)) : DescribeOwner("agent", own)};
    }
    const auto clock = machine.Ask(ReadClock{});
    if (clock)
    {
        facts["checked_at"] = clock->now;
    }
    const auto context = machine.Ask(ReadContext{});
    if (context)
    {
        facts["computer"] = context->computer;
        facts["context"] = DescribeAsker(*context, own);
    }
    return facts;
}

Answer<Probes> FindHosts(const MachineView& machine, const Given& given)
{
    return ForBothLists(machine, given, Samples::kLeaveOut, [](Probes&) {});
}

Answer<Probes> ProbeEndpoints(const MachineView& machine, const Given& given)
{
    return ProbeBothLists(machine, given, Samples::kLeaveOut);
}

Answer<Probes> ProbeWithSamples(const MachineView& machine, const Given& given)
{
    return ProbeBothLists(machine, given, Samples::kTake);
}

Probes ProbeDocumented(const MachineView& machine, const Given& given, const ProxySettings& settings)
{
    Probes probes = ListDocumented(EndpointsOf(given.cloud));
    Route(machine, settings, probes);
    AskAllHosts(machine, probes);
    LeaveOutNotRecorded(probes.hosts);
    return probes;
}

bool AnyReached(const Probes& probes)
{
    return std::ranges::any_of(
        probes.hosts, [](const HostProbe& probe) { return probe.Ended(ProbeEnd::kAnswered); });
}

std::vector<Finding> DescribeAll(const std::vector<const HostProbe*>& probes)
{
    std::vector<Finding> findings;
    std::ranges::transform(
        probes, std::back_inserter(findings), [](const HostProbe* probe) { return probe->Describe(); });
    return findings;
}

std::string EndWord(ProbeEnd end, std::uint32_t code)
{
    // WSAEDISCON.
    constexpr std::uint32_t kClosed = 10101;
    if (code == kNotAllowed)
    {
        return "blocked_here";
    }
    return end == ProbeEnd::kReset && code == kClosed ? "closed" : std::string(WordOf(end));
}

std::string CodeText(std::uint32_t code)
{
    return fmt::format("{} (0x{:X})", code, code);
}

std::string PrivateAddressOf(const NameResolution& resolution)
{
    const bool isPrivate = !resolution.addresses.empty()
        && std::ranges::all_of(
            resolution.addresses, [](const std::string& address) { return IsPrivateAddress(address); });
    return isPrivate ? resolution.addresses.front() : std::string();
}

bool OnlyTheAgentIsLetOut(const MachineView& machine)
{
    const auto firewall = ReadEffectiveFirewall(machine);
    return firewall && firewall->AllowsTheAgent();
}

Failure NotLetOut(const std::string& host)
{
    return {kNotAllowed, host + ": only the agent is let out"};
}

std::string HostOf(std::string_view proxy)
{
    const std::size_t colon = proxy.rfind(':');
    const bool hasPort = colon != std::string_view::npos && proxy.find(']', colon) == std::string_view::npos;
    std::string_view host = proxy.substr(0, hasPort ? colon : proxy.size());
    if (host.starts_with('[') && host.ends_with(']'))
    {
        host = host.substr(1, host.size() - 2);
    }
    return std::string(host);
}

bool IsNameCode(std::uint32_t code)
{
    // WSAHOST_NOT_FOUND, WSATRY_AGAIN, WSANO_RECOVERY, WSANO_DATA, WSATYPE_NOT_FOUND, WinHTTP's own.
    constexpr std::array kCodes{11001U, 11002U, 11003U, 11004U, 10109U, 12007U};
    return std::ranges::find(kCodes, code) != kCodes.end();
}

} // namespace mars::connectivity
