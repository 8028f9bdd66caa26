// SPDX-License-Identifier: MIT
#include "probe_parts.h"

#include "error.h"
#include "http_head.h"
#include "questions/probes.h"

#include <array>
#include <charconv>

namespace mars
{

HostAndPort ParseProxy(std::string_view text, std::uint32_t usualPort)
{
    const std::size_t scheme = text.find("://");
    text.remove_prefix(scheme == std::string_view::npos ? 0 : scheme + 3);
    text = text.substr(0, text.find('/'));
    const std::size_t login = text.rfind('@');
    text.remove_prefix(login == std::string_view::npos ? 0 : login + 1);
    const std::size_t colon = text.rfind(':');
    const bool hasPort = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
    HostAndPort proxy{std::string(text.substr(0, hasPort ? colon : text.size())), usualPort};
    if (hasPort)
    {
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), proxy.port);
    }
    if (proxy.host.starts_with('[') && proxy.host.ends_with(']'))
    {
        proxy.host = proxy.host.substr(1, proxy.host.size() - 2);
    }
    return proxy;
}

bool IsHostName(const std::string& host)
{
    return !host.empty() && host.find_first_of(" \t\r\n/@") == std::string::npos;
}

bool IsPort(std::uint32_t port)
{
    return port > 0 && port < 65536;
}

ProbeEnd EndOfNetwork(std::uint32_t code)
{
    switch (code)
    {
    case WSAECONNRESET:
    case WSAECONNABORTED:
    case WSAEDISCON:
        return ProbeEnd::kReset;
    case WSAETIMEDOUT:
    case WSAEHOSTUNREACH:
    case WSAENETUNREACH:
        return ProbeEnd::kTimedOut;
    default:
        return ProbeEnd::kRefused;
    }
}

std::variant<UniqueSocket, NoConnection> OpenConnection(
    const std::string& host, std::uint32_t port, const std::string& proxy, const Wait& wait)
{
    const bool viaProxy = !proxy.empty();
    const Wait limit = Sooner(wait, kConnectLimit);
    const auto addresses = ResolveHost(viaProxy ? ParseProxy(proxy) : HostAndPort{host, port}, limit);
    if (!addresses)
    {
        return NoConnection{
            viaProxy ? ProbeEnd::kProxyUnreachable : ProbeEnd::kNameNotResolved, addresses.Error().code};
    }
    Answer<UniqueSocket> socket = ConnectTo(*addresses, limit);
    if (!socket)
    {
        const std::uint32_t code = socket.Error().code;
        return NoConnection{viaProxy ? ProbeEnd::kProxyUnreachable : EndOfNetwork(code), code};
    }
    return std::move(*socket);
}

std::uint32_t MillisecondsSince(std::chrono::steady_clock::time_point start)
{
    const auto spent = std::chrono::steady_clock::now() - start;
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(spent).count());
}

Wait WithMargin(const Wait& wait)
{
    constexpr std::chrono::milliseconds kMargin(300);
    return {wait.deadline - kMargin, wait.stop};
}

Answer<std::string> ReceiveHead(SOCKET socket, const Wait& wait)
{
    std::string head;
    while (EndOfHttpHead(head) == std::string::npos && head.size() < kLargestHead)
    {
        std::array<char, 4096> buffer;
        const Answer<std::size_t> received = ReceiveSome(socket, buffer, wait);
        if (!received || *received == 0)
        {
            return received ? FailureFrom(WSAEDISCON, "recv") : received.Error();
        }
        head.append(buffer.data(), *received);
    }
    return head;
}

} // namespace mars
