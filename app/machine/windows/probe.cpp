// SPDX-License-Identifier: MIT
#include "probe.h"

#include "error.h"
#include "http_head.h"
#include "network.h"
#include "tls.h"
#include "wide.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace mars
{

namespace
{

/// A name server or a host that is silent for so long counts as not answering, so that the others get their turn.
constexpr std::chrono::milliseconds kConnectLimit(6000);
constexpr std::chrono::milliseconds kExchangeLimit(20'000);
/// The answer "it timed out" has to arrive before the asker gives up.
constexpr std::chrono::milliseconds kMargin(300);
constexpr std::size_t kLargestHead = 64 * 1024;

/// "host:port", "[::1]:port" or "host", with or without "http://" before it.
HostAndPort ParseProxy(std::string_view text)
{
    constexpr std::uint32_t kUsualPort = 80;
    const std::size_t scheme = text.find("://");
    text.remove_prefix(scheme == std::string_view::npos ? 0 : scheme + 3);
    text = text.substr(0, text.find('/'));
    const std::size_t colon = text.rfind(':');
    const bool hasPort = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
    HostAndPort proxy{std::string(text.substr(0, hasPort ? colon : text.size())), kUsualPort};
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

/// A host goes into an HTTP request, where a line break would begin another header.
bool IsHostName(const std::string& host)
{
    return !host.empty() && host.find_first_of(" \t\r\n/@") == std::string::npos;
}

ProbeEnd EndOfNetwork(std::uint32_t code)
{
    switch (code)
    {
    case WSAECONNRESET:
    case WSAECONNABORTED:
        return ProbeEnd::kReset;
    case WSAETIMEDOUT:
    case WSAEHOSTUNREACH:
    case WSAENETUNREACH:
        return ProbeEnd::kTimedOut;
    default:
        return ProbeEnd::kRefused;
    }
}

bool IsWinsockCode(std::uint32_t code)
{
    return code >= WSABASEERR && code < WSABASEERR + 2000;
}

class Probe
{
public:
    Probe(const ProbeHttps& question, const Wait& wait)
        : m_question(question), m_wait(wait), m_viaProxy(!question.proxy.empty())
    {
    }

    HttpsProbe Run()
    {
        const auto start = std::chrono::steady_clock::now();
        if (Connect() && (!m_viaProxy || OpenTunnel()))
        {
            TryTls();
        }
        const auto spent = std::chrono::steady_clock::now() - start;
        m_result.milliseconds =
            static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(spent).count());
        return m_result;
    }

private:
    bool End(ProbeEnd end, std::uint32_t code)
    {
        m_result.end = end;
        m_result.code = code;
        return false;
    }

    bool Connect()
    {
        const HostAndPort next =
            m_viaProxy ? ParseProxy(m_question.proxy) : HostAndPort{m_question.host, m_question.port};
        const Wait limit = Sooner(m_wait, kConnectLimit);
        const auto addresses = ResolveHost(next, limit);
        if (!addresses)
        {
            const std::uint32_t code = addresses.Error().code;
            return End(m_viaProxy ? ProbeEnd::kProxyUnreachable : ProbeEnd::kNameNotResolved, code);
        }
        Answer<UniqueSocket> socket = ConnectTo(*addresses, limit);
        if (!socket)
        {
            const std::uint32_t code = socket.Error().code;
            return End(m_viaProxy ? ProbeEnd::kProxyUnreachable : EndOfNetwork(code), code);
        }
        m_socket = std::move(*socket);
        return true;
    }

    std::string Authority() const { return fmt::format("{}:{}", m_question.host, m_question.port); }

    /// The proxy's own answer to CONNECT; WinHTTP would hide it behind a failure of TLS.
    bool OpenTunnel()
    {
        const Wait limit = Sooner(m_wait, kExchangeLimit);
        const std::string request =
            fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\nProxy-Connection: Keep-Alive\r\n\r\n", Authority());
        const Status sent = SendAll(m_socket.Get(), request, limit);
        const Answer<std::string> head = sent ? ReadProxyHead(limit) : Answer<std::string>(sent.Error());
        if (!head)
        {
            return End(EndOfNetwork(head.Error().code), head.Error().code);
        }
        const auto parsed = ParseHttpHead(*head);
        if (!parsed)
        {
            return End(ProbeEnd::kProxyUnreachable, ERROR_INVALID_DATA);
        }
        return JudgeTunnel(parsed->status);
    }

    bool JudgeTunnel(std::uint32_t status)
    {
        constexpr std::uint32_t kLoginNeeded = 407;
        if (status >= 200 && status < 300)
        {
            return true;
        }
        m_result.httpStatus = status;
        return End(status == kLoginNeeded ? ProbeEnd::kProxyNeedsLogin : ProbeEnd::kProxyRefused, 0);
    }

    /// The far end is silent until it is spoken to, so nothing comes behind the head.
    Answer<std::string> ReadProxyHead(const Wait& limit)
    {
        std::string head;
        while (EndOfHttpHead(head) == std::string::npos && head.size() < kLargestHead)
        {
            std::array<char, 4096> buffer;
            const Answer<std::size_t> received = ReceiveSome(m_socket.Get(), buffer, limit);
            if (!received || *received == 0)
            {
                return received ? FailureFrom(WSAECONNRESET, "recv") : received.Error();
            }
            head.append(buffer.data(), *received);
        }
        return head;
    }

    bool TryTls()
    {
        const Wait limit = Sooner(m_wait, kExchangeLimit);
        TlsConnection tls(m_socket.Get(), Wide(m_question.host));
        const Status started = tls.Start(limit);
        if (!started)
        {
            const std::uint32_t code = started.Error().code;
            return End(IsWinsockCode(code) ? EndOfNetwork(code) : ProbeEnd::kTlsFailed, code);
        }
        return Judge(tls) && Exchange(tls, limit);
    }

    bool Judge(TlsConnection& tls)
    {
        const UniqueContext certificate = tls.Certificate();
        if (!certificate)
        {
            return End(ProbeEnd::kTlsFailed, code::kNotSupported);
        }
        m_result.certificateIssuer = NameText(certificate.Get()->pCertInfo->Issuer);
        const std::uint32_t code = JudgeCertificate(certificate.Get(), Wide(m_question.host));
        return code == 0 || End(ProbeEnd::kNotTrusted, code);
    }

    bool Exchange(TlsConnection& tls, const Wait& limit)
    {
        const std::string request = fmt::format("GET / HTTP/1.1\r\nHost: {}\r\nUser-Agent: mars-wizard\r\nAccept: */*\r\n"
                                                "Connection: close\r\n\r\n",
                                                m_question.port == 443 ? m_question.host : Authority());
        const Status sent = tls.Send(request, limit);
        const Answer<std::string> head = sent ? ReadHead(tls, limit) : Answer<std::string>(sent.Error());
        if (!head)
        {
            const std::uint32_t code = head.Error().code;
            return End(IsWinsockCode(code) ? EndOfNetwork(code) : ProbeEnd::kReset, code);
        }
        const auto parsed = ParseHttpHead(*head);
        if (!parsed)
        {
            return End(ProbeEnd::kReset, ERROR_INVALID_DATA);
        }
        m_result.httpStatus = parsed->status;
        m_result.serverDate = parsed->date;
        return true;
    }

    Answer<std::string> ReadHead(TlsConnection& tls, const Wait& limit)
    {
        std::string head;
        while (EndOfHttpHead(head) == std::string::npos && head.size() < kLargestHead)
        {
            const Answer<std::string> more = tls.Receive(limit);
            if (!more || more->empty())
            {
                return more ? FailureFrom(WSAECONNRESET, "recv") : more.Error();
            }
            head += *more;
        }
        return head.substr(0, EndOfHttpHead(head));
    }

    const ProbeHttps& m_question;
    const Wait& m_wait;
    bool m_viaProxy;
    UniqueSocket m_socket;
    HttpsProbe m_result;
};

Wait WithMargin(const Wait& wait)
{
    return {wait.deadline - kMargin, wait.stop};
}

} // namespace

Answer<HttpsProbe> AskWindows(const ProbeHttps& question, const WindowsMachineOptions&, const Wait& wait)
{
    if (!IsHostName(question.host) || question.port == 0 || question.port > 65535)
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "probe", question.host);
    }
    const NetworkUse network;
    const Wait limit = WithMargin(wait);
    const HttpsProbe probe = Probe(question, limit).Run();
    return wait.stop.stop_requested() ? wait.WhyOver("probe " + question.host) : Answer<HttpsProbe>(probe);
}

} // namespace mars
