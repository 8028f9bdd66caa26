// SPDX-License-Identifier: MIT
#include "network.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/probes.h"
#include "questions/proxy.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("connectivity.proxy_needs_login");
}

RecordedMachine WithLogLine(std::chrono::hours age, const std::string& pattern, const std::string& message)
{
    RecordedMachine machine = OnlineServer();
    SetLog(machine, kLoginPatterns, OneLine(age, pattern, message));
    return machine;
}

} // namespace

TEST_CASE("proxy_needs_login: probes and a log without it pass")
{
    CheckPassed(Detect(Cause(), OnlineServer()));
}

TEST_CASE("proxy_needs_login: one probe that the proxy refused is an error, with host and proxy")
{
    RecordedMachine machine = OnlineServer();
    SetSystemProxy(machine, "proxy.contoso.example:8080");
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), "proxy.contoso.example:8080");
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kProxyNeedsLogin, 0, 407),
        "proxy.contoso.example:8080");
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.Text("proxy") == "proxy.contoso.example:8080");
    CHECK(outcome.facts.at("refusals")
        == Fact(std::vector<Finding>{{"login.windows.net:443", "proxy_needs_login", "407"}}));
}

TEST_CASE("proxy_needs_login: a sample that the proxy refuses is no problem")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, Hosts(true).front(), Ended(ProbeEnd::kProxyNeedsLogin, 0, 407));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("proxy_needs_login: the agent's own proxy may hold the login that this program does not know")
{
    const std::string proxy = "proxy.contoso.example:8080";
    RecordedMachine machine = OnlineServer();
    SetAll(machine, Ended(ProbeEnd::kProxyNeedsLogin, 0, 407), proxy);
    CheckProblem(Detect(Cause(), machine, WithOwnProxy(proxy)), Level::kAdvice, "own_proxy");
    CheckPassed(Detect(Cause(), machine, WithOwnProxy("none")));
    // Here the agent itself was refused.
    SetLog(machine, kLoginPatterns, OneLine(std::chrono::hours(1), "(407)", "(407)"));
    CheckProblem(Detect(Cause(), machine, WithOwnProxy(proxy)), Level::kError, "in_log");
}

TEST_CASE("proxy_needs_login: other ends are no matter of a login")
{
    for (const ProbeEnd end : {ProbeEnd::kNameNotResolved, ProbeEnd::kRefused, ProbeEnd::kReset,
             ProbeEnd::kTimedOut, ProbeEnd::kTlsFailed, ProbeEnd::kNotTrusted, ProbeEnd::kProxyRefused,
             ProbeEnd::kProxyUnreachable})
    {
        RecordedMachine machine = OnlineServer();
        SetAll(machine, Ended(end, 12029, 403));
        CheckPassed(Detect(Cause(), machine));
    }
}

TEST_CASE("proxy_needs_login: a 407 in the agent's log is an error where no backup has succeeded since")
{
    const std::string line = "The remote server returned an error: (407) Proxy Authentication Required.";
    const Outcome outcome = Detect(Cause(), WithLogLine(std::chrono::hours(13), "(407)", line));
    CheckProblem(outcome, Level::kError, "in_log");
    CHECK(outcome.facts.at("refused_at") == Fact(kNow - std::chrono::hours(13)));
    CHECK(outcome.facts.at("refusals") == Fact(std::vector<std::string>{line}));
    // The healthy server's last backup succeeded 14 hours ago.
    CheckProblem(
        Detect(Cause(), WithLogLine(std::chrono::hours(14), "(407)", line)), Level::kError, "in_log");
    CheckPassed(Detect(Cause(), WithLogLine(std::chrono::hours(15), "(407)", line)));
    for (const Answer<EventList>& events :
        {Answer<EventList>(Absent{}), Answer<EventList>(Failure{code::kAccessDenied, "x"})})
    {
        RecordedMachine machine = WithLogLine(std::chrono::hours(300), "(407)", line);
        SetEvents(machine, events);
        CheckProblem(Detect(Cause(), machine), Level::kError, "in_log");
    }
}

TEST_CASE("proxy_needs_login: a bare number counts only in a line about a proxy or a status")
{
    for (const char* line : {"HTTP status 407", "Failed: status: 407,", "proxy said 407"})
    {
        CheckProblem(
            Detect(Cause(), WithLogLine(std::chrono::hours(1), " 407", line)), Level::kError, "in_log");
    }
    for (const char* line : {"transferred 407 files", "HTTP status 4071", "size 40700 of http body"})
    {
        CheckPassed(Detect(Cause(), WithLogLine(std::chrono::hours(1), " 407", line)));
    }
    CheckProblem(Detect(Cause(), WithLogLine(std::chrono::hours(1), "0x80190197", "Hr: = [0x80190197]")),
        Level::kError, "in_log");
}

TEST_CASE("proxy_needs_login: the probes go before the log")
{
    RecordedMachine machine = WithLogLine(std::chrono::hours(1), "(407)", "(407)");
    SetAll(machine, Ended(ProbeEnd::kProxyNeedsLogin, 0, 407));
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("proxy_needs_login: a question that failed lets nothing pass and hides no problem")
{
    RecordedMachine machine = OnlineServer();
    SetLog(machine, kLoginPatterns, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kProxyNeedsLogin, 0, 407));
    CheckProblem(Detect(Cause(), machine), Level::kError);

    machine = OnlineServer();
    SetProbe(machine, "login.windows.net", Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);

    machine = WithLogLine(std::chrono::hours(1), "(407)", "(407)");
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "in_log");
    SetLog(machine, kLoginPatterns, LogScan{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("proxy_needs_login: a log of which not all was read since the last success lets nothing pass")
{
    RecordedMachine machine = OnlineServer();
    LogScan scan;
    scan.missedBecause = code::kTimeout;
    scan.readSince = kNow - std::chrono::hours(13);
    SetLog(machine, kLoginPatterns, scan);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    scan.readSince = kNow - std::chrono::hours(14);
    SetLog(machine, kLoginPatterns, scan);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("proxy_needs_login: a server without an agent or a log is judged by the probes")
{
    RecordedMachine machine = OnlineServer();
    SetLog(machine, kLoginPatterns, Absent{});
    CheckPassed(Detect(Cause(), machine));
    SetLog(machine, kLoginPatterns, Failure{code::kAccessDenied, "x"});
    RemoveAgent(machine);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("proxy_needs_login: offline only what the log proves is said")
{
    CheckNotApplicable(Detect(Cause(), OnlineServer(), Offline()), reason::kOffline);
    const Outcome outcome = Detect(Cause(), WithLogLine(std::chrono::hours(1), "(407)", "(407)"), Offline());
    CheckProblem(outcome, Level::kError, "in_log");
    CHECK(outcome.Text("proxy") == "direct");
    RecordedMachine machine = OnlineServer();
    SetLog(machine, kLoginPatterns, Failure{code::kAccessDenied, "x"});
    CheckNotApplicable(Detect(Cause(), machine, Offline()), reason::kOffline);
}

} // namespace mars::test
