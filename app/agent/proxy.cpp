// SPDX-License-Identifier: MIT
#include "proxy.h"

#include "number.h"
#include "proxy_list.h"
#include "questions/proxy.h"
#include "text.h"
#include "wildcard.h"

#include <algorithm>
#include <array>

namespace mars
{
namespace
{

constexpr std::string_view kDefaultPort = ":80";

bool HasPort(std::string_view address)
{
    const std::size_t colon = address.rfind(':');
    return colon != std::string_view::npos && address.find(']', colon) == std::string_view::npos;
}

struct Scheme
{
    std::string_view name;
    std::string_view port;
};
constexpr Scheme kHttp{"http", ":80"};
constexpr Scheme kHttps{"https", ":443"};

/// The server for a scheme out of "proxy:8080" or "http=a:80;https=b:443"; empty where none is for it.
std::string ServerFor(std::string_view list, const Scheme& scheme)
{
    for (const std::string& part : SplitWinInetList(list))
    {
        const std::size_t equals = part.find('=');
        const bool forAll = equals == std::string::npos;
        if (forAll || EqualsIgnoreCase(std::string_view(part).substr(0, equals), scheme.name))
        {
            const std::string_view server =
                HostAndPortOf(forAll ? part : std::string_view(part).substr(equals + 1));
            return server.empty() || HasPort(server) ? std::string(server)
                                                     : std::string(server).append(kDefaultPort);
        }
    }
    return {};
}

bool IsBypassed(std::string_view bypass, std::string_view host, const Scheme& wanted)
{
    const std::string name = FoldCase(host);
    return std::ranges::any_of(SplitWinInetList(bypass), [&](const std::string& entry) {
        if (EqualsIgnoreCase(entry, "<local>"))
        {
            return name.find('.') == std::string::npos;
        }
        const std::size_t scheme = entry.find("://");
        if (scheme != std::string::npos
            && !EqualsIgnoreCase(std::string_view(entry).substr(0, scheme), wanted.name))
        {
            return false;
        }
        const std::string pattern = FoldCase(WithoutScheme(entry));
        return MatchesWildcards(name, pattern) || MatchesWildcards(name + std::string(wanted.port), pattern);
    });
}

std::string ProxyForScheme(const ProxySettings& settings, std::string_view host, const Scheme& scheme)
{
    if (!settings.enabled || IsBypassed(settings.bypass, host, scheme))
    {
        return {};
    }
    return ServerFor(settings.server, scheme);
}

std::vector<std::string> InOrder(const ProxyRoute& route)
{
    return route.proxies.empty() ? std::vector<std::string>{std::string()} : route.proxies;
}

/// What the script says that automatic detection finds. Absent: it finds none.
Answer<ProxyRoute> AskDetected(const MachineView& machine, const std::string& url)
{
    const auto found = machine.Ask(DetectProxyScript{});
    if (found)
    {
        return machine.Ask(FindProxyForUrl{url, found->script});
    }
    // Recordings of before there was this question hold what became of it for each address.
    const bool isOlder = found.HasFailed() && found.Error().code == code::kNotRecorded;
    return isOlder ? machine.Ask(FindProxyForUrl{url, {}}) : Absent{};
}

/// Windows runs no scripts at all: ERROR_SERVICE_DISABLED, ERROR_SERVICE_DOES_NOT_EXIST,
/// ERROR_WINHTTP_AUTO_PROXY_SERVICE_ERROR.
bool IsWithoutService(const Failure& failure)
{
    constexpr std::array kCodes{1058U, 1060U, 12178U};
    return std::ranges::find(kCodes, failure.code) != kCodes.end();
}

/// What automatic detection and the script say. Absent: neither decides.
Answer<std::vector<std::string>> AskScript(
    const MachineView& machine, const ProxySettings& settings, const std::string& url)
{
    if (settings.autoDetect)
    {
        // Where nothing is found, or nothing answers, WinINET goes on with the next setting.
        const auto route = AskDetected(machine, url);
        if (route)
        {
            return InOrder(*route);
        }
        if (route.HasFailed() && IsWithoutService(route.Error()))
        {
            return route.Error();
        }
    }
    if (!UsesScript(settings))
    {
        return Absent{};
    }
    const auto route = machine.Ask(FindProxyForUrl{url, settings.autoConfigUrl});
    if (route.HasFailed())
    {
        return route.Error();
    }
    return route ? Answer<std::vector<std::string>>(InOrder(*route)) : Absent{};
}

Answer<std::vector<std::string>> FindProxiesForScheme(
    const MachineView& machine, const ProxySettings& settings, std::string_view host, const Scheme& scheme)
{
    auto proxies =
        AskScript(machine, settings, std::string(scheme.name).append("://").append(host).append("/"));
    return proxies.IsAbsent()
        ? Answer<std::vector<std::string>>(std::vector{ProxyForScheme(settings, host, scheme)})
        : proxies;
}

constexpr std::string_view kHostLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
constexpr std::string_view kIpv6Letters = "0123456789abcdefABCDEF:.";
constexpr std::size_t kLongestHost = 253;
constexpr std::uint32_t kLastPort = 65'535;

bool IsPort(std::string_view text)
{
    const auto port = ParseNumber<std::uint32_t>(text);
    return port && *port > 0 && *port <= kLastPort;
}

bool IsHost(std::string_view text)
{
    const bool inBrackets = text.starts_with('[') && text.ends_with(']');
    const std::string_view name = inBrackets ? text.substr(1, text.size() - 2) : text;
    return !name.empty() && name.size() <= kLongestHost && name.front() != '-' && name.front() != '.'
        && name.find_first_not_of(inBrackets ? kIpv6Letters : kHostLetters) == std::string_view::npos;
}

} // namespace

bool IsAgentProxy(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    return text == kNoAgentProxy
        || (colon != std::string_view::npos && IsHost(text.substr(0, colon))
            && IsPort(text.substr(colon + 1)));
}

std::string AgentsOwnProxy(const Given& given)
{
    return given.agentProxy == kNoAgentProxy ? std::string() : given.agentProxy;
}

Answer<ProxySettings> ReadAgentsProxy(const MachineView& machine, const Given& given)
{
    ProxySettings own;
    own.server = AgentsOwnProxy(given);
    own.enabled = !own.server.empty();
    return own.enabled ? Answer<ProxySettings>(std::move(own))
                       : machine.Ask(ReadProxySettings{ProxyOwner::kSystem});
}

std::string ProxyFor(const ProxySettings& settings, std::string_view host)
{
    return ProxyForScheme(settings, host, kHttps);
}

std::string ProxyForHttp(const ProxySettings& settings, std::string_view host)
{
    return ProxyForScheme(settings, host, kHttp);
}

Answer<std::vector<std::string>> FindProxies(
    const MachineView& machine, const ProxySettings& settings, std::string_view host)
{
    return FindProxiesForScheme(machine, settings, host, kHttps);
}

Answer<std::vector<std::string>> FindProxiesForHttp(
    const MachineView& machine, const ProxySettings& settings, std::string_view host)
{
    return FindProxiesForScheme(machine, settings, host, kHttp);
}

bool IsUndecided(const Failure& failure)
{
    return IsWithoutService(failure) || failure.code == code::kTimeout || failure.code == code::kCancelled;
}

} // namespace mars
