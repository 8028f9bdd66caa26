// SPDX-License-Identifier: MIT
#include "probe.h"

#include "certificate_trust.h"
#include "error.h"
#include "http_head.h"
#include "probe_parts.h"
#include "questions/probes.h"
#include "tls.h"
#include "wide.h"

#include <fmt/format.h>

namespace mars
{

namespace
{

bool IsWinsockCode(std::uint32_t code)
{
    return code >= WSABASEERR && code < WSABASEERR + 2000;
}

class Probe
{
public:
    Probe(const ProbeHttps& question, const Wait& wait)
        : m_question(question), m_wait(wait), m_viaProxy(!question.proxy.empty())
    {}

    HttpsProbe Run()
    {
        const auto start = std::chrono::steady_clock::now();
        if (Connect() && (!m_viaProxy || OpenTunnel()))
        {
            TryTls();
        }
        m_result.milliseconds = MillisecondsSince(start);
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
        auto opened = OpenConnection(m_question.host, m_question.port, m_question.proxy, m_wait);
        if (const auto* none = std::get_if<NoConnection>(&opened))
        {
            return End(none->end, none->code);
        }
        m_socket = std::move(std::get<UniqueSocket>(opened));
        return true;
    }

    std::string Authority() const
    {
        return fmt::format("{}:{}", m_question.host, m_question.port);
    }

    /// The proxy's own answer to CONNECT; WinHTTP would hide it behind a failure of TLS.
    bool OpenTunnel()
    {
        const Wait limit = Sooner(m_wait, kExchangeLimit);
        // Some proxies refuse who does not say what he is.
        const std::string request = fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\nUser-Agent: {1}\r\n"
                                                "Proxy-Connection: Keep-Alive\r\n\r\n",
            Authority(), kUserAgent);
        const Status sent = SendAll(m_socket.Get(), request, limit);
        // The far end is silent until it is spoken to, so nothing comes behind the head.
        const Answer<std::string> head =
            sent ? ReceiveHead(m_socket.Get(), limit) : Answer<std::string>(sent.Error());
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
        return Judge(tls, limit) && Exchange(tls, limit);
    }

    bool Judge(TlsConnection& tls, const Wait& limit)
    {
        const UniqueContext certificate = tls.Certificate();
        if (!certificate)
        {
            return End(ProbeEnd::kTlsFailed, code::kNotSupported);
        }
        m_result.certificateIssuer = NameText(certificate.Get()->pCertInfo->Issuer);
        const CertificateJudgement judgement =
            JudgeCertificate(certificate.Get(), Wide(m_question.host), limit);
        m_result.rootSubject = judgement.rootSubject;
        m_result.rootThumbprint = judgement.rootThumbprint;
        m_result.rootKind = judgement.rootKind;
        m_result.trustLookup = judgement.lookup;
        return judgement.code == 0 || End(ProbeEnd::kNotTrusted, judgement.code);
    }

    bool Exchange(TlsConnection& tls, const Wait& limit)
    {
        const std::string request =
            fmt::format("GET / HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\nAccept: */*\r\n"
                        "Connection: close\r\n\r\n",
                m_question.port == 443 ? m_question.host : Authority(), kUserAgent);
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
        m_result.serverDate = parsed->Now();
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
                return more ? FailureFrom(WSAEDISCON, "recv") : more.Error();
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

} // namespace

Answer<HttpsProbe> AskWindows(const ProbeHttps& question, const WindowsMachineOptions&, const Wait& wait)
{
    if (!IsHostName(question.host) || !IsPort(question.port))
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "probe", question.host);
    }
    const NetworkUse network;
    const Wait limit = WithMargin(wait);
    const HttpsProbe probe = Probe(question, limit).Run();
    return wait.stop.stop_requested() ? wait.WhyOver("probe " + question.host) : Answer<HttpsProbe>(probe);
}

} // namespace mars
