// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "network.h"
#include "pass.h"
#include "questions/probes.h"
#include "questions/proxy.h"

#include <memory>

/// Networks of servers whose backups succeed: whatever their firewalls and proxies do to a program that only
/// tries, no row of this page calls it an error or a warning.
namespace mars::test
{
namespace
{

constexpr const char* kProxy = "proxy.contoso.example:8080";
constexpr const char* kLogHost = "pod01-prot1.we.backup.windowsazure.com";
constexpr std::uint32_t kNoSuchHost = 11001;

std::vector<const RootCause*> Page()
{
    std::vector<const RootCause*> rows;
    for (const RootCause* cause : AllRootCauses())
    {
        if (cause->SectionId() == "connectivity")
        {
            rows.push_back(cause);
        }
    }
    return rows;
}

std::map<std::string, Outcome> Judge(const RecordedMachine& machine, const Given& given = {})
{
    Pass pass(std::make_shared<RecordedMachine>(machine), given, MarsAgent(), std::chrono::hours(1));
    std::map<std::string, Outcome> outcomes;
    for (const CheckResult& result : pass.Run(Page()))
    {
        outcomes[std::string(result.cause->code)] = result.outcome;
    }
    return outcomes;
}

/// And the checks say the same of the recording and of the redacted one.
void CheckCalm(const RecordedMachine& machine, const Given& given = {})
{
    for (const auto& [code, outcome] : Judge(machine, given))
    {
        const bool alarms = outcome.IsProblem() && outcome.level != Level::kAdvice;
        CHECK_MESSAGE(!alarms, code, ": ", std::string(WordOf(outcome.level)), " ", outcome.Text("case"));
    }
    for (const RootCause* cause : Page())
    {
        Detect(*cause, machine, given);
    }
}

/// The agent works with hosts of its vault; the last backup succeeded last night.
RecordedMachine Working()
{
    RecordedMachine machine = OnlineServer();
    SetLogHosts(machine, {kLogHost});
    SetProbe(machine, kLogHost, Ended(ProbeEnd::kAnswered, 0, 403));
    SetName(machine, kLogHost);
    return machine;
}

void SetEverything(RecordedMachine& machine, ProbeEnd end, std::uint32_t code, std::uint32_t status = 0,
    const std::string& proxy = {})
{
    SetAll(machine, Ended(end, code, status), proxy);
    SetProbe(machine, kLogHost, Ended(end, code, status), proxy);
    SetTests(machine, TestEnded(end, code, status), proxy);
}

/// Only the agent gets out, through its own proxy; the name server knows no names of the internet.
RecordedMachine BehindItsOwnProxy()
{
    RecordedMachine machine = Working();
    SetEverything(machine, ProbeEnd::kNameNotResolved, kNoSuchHost);
    for (const EndpointHost& host : AllHosts())
    {
        SetName(machine, host.name, kNoSuchHost);
    }
    SetName(machine, kLogHost, kNoSuchHost);
    SetName(machine, "proxy.contoso.example");
    return machine;
}

} // namespace

TEST_CASE("healthy_networks: the agent has its own proxy and the server knows no names of the internet")
{
    const RecordedMachine machine = BehindItsOwnProxy();
    CheckCalm(machine);
    CHECK(Judge(machine).at("N-1").facts.contains(kWorksAnyway));
}

TEST_CASE("healthy_networks: who says which proxy the agent has, sees what it sees")
{
    RecordedMachine machine = BehindItsOwnProxy();
    SetEverything(machine, ProbeEnd::kAnswered, 0, 200, kProxy);
    CheckCalm(machine, WithOwnProxy(kProxy));
    for (const auto& [code, outcome] : Judge(machine, WithOwnProxy(kProxy)))
    {
        CHECK_MESSAGE(outcome.kind == OutcomeKind::kPassed, code);
        CHECK_MESSAGE(!outcome.facts.contains(kWorksAnyway), code);
    }
}

TEST_CASE("healthy_networks: the agent's own proxy wants the login that the agent has")
{
    RecordedMachine machine = BehindItsOwnProxy();
    SetEverything(machine, ProbeEnd::kProxyNeedsLogin, 0, 407, kProxy);
    CheckCalm(machine, WithOwnProxy(kProxy));
}

TEST_CASE("healthy_networks: the proxy of the whole computer wants a login, and the agent has it")
{
    RecordedMachine machine = Working();
    SetSystemProxy(machine, kProxy);
    Edit(machine, ReadProxySettings{ProxyOwner::kSystem},
        [](ProxySettings& settings) { settings.byPolicy = true; });
    SetName(machine, "proxy.contoso.example");
    SetEverything(machine, ProbeEnd::kProxyNeedsLogin, 0, 407, kProxy);
    CheckCalm(machine);
    CHECK(Judge(machine).at("N-4").facts.contains(kWorksAnyway));
    // What could not be seen is told by the proxy's own number: HTTP_E_STATUS_PROXY_AUTH_REQ.
    for (const char* code : {"N-3", "N-6", "N-7"})
    {
        CheckCouldNotCheck(Judge(machine).at(code), 0x80190197);
    }
}

TEST_CASE("healthy_networks: this user has a proxy, SYSTEM has none, and the agent its own")
{
    RecordedMachine machine = Working();
    SetEverything(machine, ProbeEnd::kTimedOut, 10060);
    SetEverything(machine, ProbeEnd::kAnswered, 0, 200, kProxy);
    ProxySettings user;
    user.enabled = true;
    user.server = kProxy;
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, user);
    CheckCalm(machine);
    CHECK(Judge(machine).at("N-5").facts.contains(kWorksAnyway));
}

TEST_CASE("healthy_networks: a firewall lets out what the service tags stand for, and nothing else")
{
    RecordedMachine machine = Working();
    SetTests(machine, TestEnded(ProbeEnd::kTimedOut, 10060));
    for (const std::string& sample : Hosts(true))
    {
        SetProbe(machine, sample, Ended(ProbeEnd::kTimedOut, 10060));
    }
    CheckCalm(machine);
    CHECK(Judge(machine).at("N-3").kind == OutcomeKind::kPassed);
    SetLogHosts(machine, {});
    CheckCalm(machine);
    CheckProblem(Judge(machine).at("N-3"), Level::kAdvice, "only_samples");
}

TEST_CASE("healthy_networks: a block page instead of a host that the agent does not need")
{
    RecordedMachine machine = OnlineServer();
    HttpsProbe page = Ended(ProbeEnd::kNotTrusted, 0x800B0109);
    page.certificateIssuer = "CN=Contoso Block Page";
    SetProbe(machine, Hosts(true).front(), page);
    CheckCalm(machine);
    for (const char* code : {"N-3", "N-6", "N-7"})
    {
        CHECK_MESSAGE(Judge(machine).at(code).kind == OutcomeKind::kPassed, code);
    }
}

TEST_CASE("healthy_networks: a private endpoint, and nothing public but the sign-in")
{
    const std::string own = "7b1c2f0e.pod01-prot1.privatelink.we.backup.windowsazure.com";
    RecordedMachine machine = Working();
    SetLogHosts(machine, {own, kLogHost});
    SetAddress(machine, own, "10.4.0.7");
    SetProbe(machine, own, Ended(ProbeEnd::kAnswered, 0, 403));
    SetProbe(machine, kLogHost, Ended(ProbeEnd::kTimedOut, 10060));
    CheckCalm(machine);
    for (const auto& [code, outcome] : Judge(machine))
    {
        CHECK_MESSAGE(outcome.kind == OutcomeKind::kPassed, code);
    }
}

} // namespace mars::test
