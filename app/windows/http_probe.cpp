// SPDX-License-Identifier: MIT
#include "http_probe.h"

#include "error.h"
#include "file_time.h"
#include "http_head.h"
#include "probe_parts.h"
#include "questions/probes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

constexpr std::uint32_t kUsualPort = 80;
constexpr std::uint32_t kLargestBody = 4096;
constexpr std::uint32_t kProxyLoginNeeded = 407;

bool IsOneLine(const std::string& text)
{
    return text.find_first_of("\r\n") == std::string::npos;
}

bool IsPath(const std::string& path)
{
    return path.starts_with('/') && path.find_first_of(" \t\r\n") == std::string::npos;
}

std::string RequestFor(const ProbeHttp& question)
{
    const std::string host =
        question.port == kUsualPort ? question.host : fmt::format("{}:{}", question.host, question.port);
    const std::string target = question.proxy.empty() ? question.path : "http://" + host + question.path;
    const std::string extra = question.header.empty() ? "" : question.header + "\r\n";
    // A kept answer would tell yesterday's time.
    return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\nAccept: */*\r\n"
                       "Cache-Control: no-cache\r\n{}Connection: close\r\n\r\n",
        target, host, kUserAgent, extra);
}

class Probe
{
public:
    Probe(const ProbeHttp& question, const Wait& wait)
        : m_question(question), m_wait(wait), m_viaProxy(!question.proxy.empty())
    {}

    HttpProbe Run()
    {
        const auto start = std::chrono::steady_clock::now();
        if (Connect())
        {
            Exchange(Sooner(m_wait, kExchangeLimit));
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

    bool Exchange(const Wait& limit)
    {
        const Status sent = SendAll(m_socket.Get(), RequestFor(m_question), limit);
        const Answer<std::string> received =
            sent ? ReceiveHead(m_socket.Get(), limit) : Answer<std::string>(sent.Error());
        if (!received)
        {
            return End(EndOfNetwork(received.Error().code), received.Error().code);
        }
        const std::size_t end = std::min(EndOfHttpHead(*received), received->size());
        const auto head = ParseHttpHead(std::string_view(*received).substr(0, end));
        if (!head)
        {
            return End(m_viaProxy ? ProbeEnd::kProxyUnreachable : ProbeEnd::kReset, ERROR_INVALID_DATA);
        }
        m_result.httpStatus = head->status;
        m_result.serverDate = head->Now();
        m_result.answeredAt = Now();
        m_result.body = ReceiveBody(received->substr(end), limit);
        return m_viaProxy && head->status == kProxyLoginNeeded ? End(ProbeEnd::kProxyNeedsLogin, 0) : true;
    }

    /// As much as is wanted and comes; the head is the answer, whatever becomes of the body.
    std::string ReceiveBody(std::string body, const Wait& limit)
    {
        const std::size_t wanted = std::min(m_question.bodyBytes, kLargestBody);
        while (body.size() < wanted)
        {
            std::array<char, 4096> buffer;
            const Answer<std::size_t> received = ReceiveSome(m_socket.Get(), buffer, limit);
            if (!received || *received == 0)
            {
                break;
            }
            body.append(buffer.data(), *received);
        }
        return body.substr(0, wanted);
    }

    const ProbeHttp& m_question;
    const Wait& m_wait;
    bool m_viaProxy;
    UniqueSocket m_socket;
    HttpProbe m_result;
};

} // namespace

Answer<HttpProbe> AskWindows(const ProbeHttp& question, const WindowsMachineOptions&, const Wait& wait)
{
    if (!IsHostName(question.host) || !IsPort(question.port) || !IsPath(question.path)
        || !IsOneLine(question.header))
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "probe", question.host);
    }
    const NetworkUse network;
    Wait limit = WithMargin(wait);
    if (question.limitMilliseconds != 0)
    {
        limit = Sooner(limit, std::chrono::milliseconds(question.limitMilliseconds));
    }
    const HttpProbe probe = Probe(question, limit).Run();
    return wait.stop.stop_requested() ? wait.WhyOver("probe " + question.host) : Answer<HttpProbe>(probe);
}

} // namespace mars
