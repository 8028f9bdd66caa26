// SPDX-License-Identifier: MIT
#include "asking.h"
#include "file_time.h"
#include "listener.h"
#include "questions/probes.h"
#include "questions/proxy.h"

#include <thread>

using namespace mars;
using namespace mars::test;

namespace
{

/// Answers one connection on a loopback port with `answer` and keeps what it was asked.
class OneAnswer
{
public:
    explicit OneAnswer(std::string answer) : m_answer(std::move(answer)), m_server([this] { Serve(); }) {}

    std::uint32_t Port() const
    {
        return m_listener.Port();
    }
    std::string Request()
    {
        m_server.join();
        return m_request;
    }

private:
    void Serve()
    {
        const UniqueSocket connection = m_listener.Accept();
        char buffer[4096];
        const int received = recv(connection.Get(), buffer, sizeof buffer, 0);
        m_request.assign(buffer, static_cast<std::size_t>(received > 0 ? received : 0));
        send(connection.Get(), m_answer.data(), static_cast<int>(m_answer.size()), 0);
        shutdown(connection.Get(), SD_SEND);
        while (recv(connection.Get(), buffer, sizeof buffer, 0) > 0)
        {}
    }

    Listener m_listener;
    std::string m_answer;
    std::string m_request;
    std::jthread m_server;
};

ProbeHttp To(const OneAnswer& server)
{
    ProbeHttp question;
    question.host = "127.0.0.1";
    question.port = server.Port();
    return question;
}

} // namespace

TEST_CASE("windows http probe: status, date, age and the first bytes of the body")
{
    OneAnswer server(
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nAge: 3\r\n\r\nMicrosoft Connect Test");
    ProbeHttp question = To(server);
    question.path = "/connecttest.txt";
    question.header = "Metadata: true";
    question.bodyBytes = 9;
    const HttpProbe probe = Value(question);
    CHECK(probe.end == ProbeEnd::kAnswered);
    CHECK(probe.httpStatus == 200);
    CHECK(probe.code == 0);
    CHECK(probe.serverDate == FromIso8601("1994-11-06T08:49:40Z"));
    CHECK(probe.body == "Microsoft");
    REQUIRE(probe.answeredAt);
    CHECK(*probe.answeredAt >= Now() - std::chrono::minutes(1));
    const std::string request = server.Request();
    CHECK(request.starts_with("GET /connecttest.txt HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK(request.find("\r\nMetadata: true\r\n") != std::string::npos);
}

TEST_CASE("windows http probe: through the proxy with the whole address")
{
    ProbeHttp question;
    question.host = "www.msftconnecttest.com";
    question.path = "/connecttest.txt";
    question.proxy = Value(ReadProxySettings{ProxyOwner::kSystem}).server;
    question.bodyBytes = 100;
    const HttpProbe probe = Value(question);
    CHECK(probe.end == ProbeEnd::kAnswered);
    CHECK(probe.httpStatus == 200);
    CHECK(probe.body == "Microsoft Connect Test");
    CHECK(probe.serverDate.has_value());
}

TEST_CASE("windows http probe: a proxy that wants a login")
{
    OneAnswer proxy("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    ProbeHttp question;
    question.host = "some.host";
    question.proxy = "127.0.0.1:" + std::to_string(proxy.Port());
    const HttpProbe probe = Value(question);
    CHECK(probe.end == ProbeEnd::kProxyNeedsLogin);
    CHECK(probe.httpStatus == 407);
    CHECK(proxy.Request().starts_with("GET http://some.host/ HTTP/1.1\r\nHost: some.host\r\n"));
}

TEST_CASE("windows http probe: nonsense, and a far end that closes")
{
    OneAnswer nonsense("SSH-2.0-OpenSSH\r\n\r\n");
    CHECK(Value(To(nonsense)).end == ProbeEnd::kReset);
    OneAnswer silent("");
    const HttpProbe closed = Value(To(silent));
    CHECK(closed.end == ProbeEnd::kReset);
    CHECK(closed.code == WSAEDISCON);
}

TEST_CASE("windows http probe: the question's own limit ends it")
{
    ProbeHttp question;
    // An address of a test network (RFC 5737): nobody is there.
    question.host = "192.0.2.1";
    question.limitMilliseconds = 500;
    const auto start = std::chrono::steady_clock::now();
    const HttpProbe probe = Value(question);
    CHECK(probe.end != ProbeEnd::kAnswered);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
}

TEST_CASE("windows http probe: what is no request is not sent")
{
    ProbeHttp question;
    question.host = "localhost";
    for (const char* path : {"", "x", "/a b", "/\r\nX: y"})
    {
        question.path = path;
        CheckFailed(question, ERROR_INVALID_PARAMETER);
    }
    question.path = "/";
    question.header = "A: b\r\nC: d";
    CheckFailed(question, ERROR_INVALID_PARAMETER);
    question.header = "";
    question.port = 70'000;
    CheckFailed(question, ERROR_INVALID_PARAMETER);
    question.port = 80;
    question.host = "a b";
    CheckFailed(question, ERROR_INVALID_PARAMETER);
}
