// SPDX-License-Identifier: MIT
#include "knowledge.h"
#include "network.h"
#include "questions/computer.h"
#include "questions/credentials.h"
#include "questions/events.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"

namespace mars::test
{
namespace
{

constexpr std::uint32_t kTimedOutCode = 12002;

const RootCause& Cause()
{
    return *FindRootCause("connectivity.endpoint_unreachable");
}

std::vector<std::string> List(const Outcome& outcome, const std::string& fact)
{
    const auto found = outcome.facts.find(fact);
    if (found == outcome.facts.end())
    {
        return {};
    }
    if (const auto* texts = std::get_if<std::vector<std::string>>(&found->second))
    {
        return *texts;
    }
    std::vector<std::string> list;
    for (const Finding& finding : std::get<std::vector<Finding>>(found->second))
    {
        list.push_back(finding.ToString());
    }
    return list;
}

/// No connection anywhere, and no backup that says otherwise.
RecordedMachine CutOff()
{
    RecordedMachine machine = OnlineServer();
    SetAll(machine, Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    SetEvents(machine, Absent{});
    return machine;
}

} // namespace

TEST_CASE("endpoint_unreachable: any answer of the far end passes")
{
    RecordedMachine machine = OnlineServer();
    std::uint32_t status = 200;
    for (const std::string& host : Hosts(true))
    {
        SetProbe(machine, host, Ended(ProbeEnd::kAnswered, 0, status));
        status = status == 200 ? 403 : status == 403 ? 404 : 500;
    }
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(List(outcome, "reached_hosts").size() == AllHosts().size());
    CHECK(outcome.Text("proxy") == "direct");
    CHECK(outcome.facts.at("checked_at") == Fact(kNow));
}

TEST_CASE("endpoint_unreachable: one documented host without a connection is an error, listed with its code")
{
    for (const ProbeEnd end : {ProbeEnd::kRefused, ProbeEnd::kReset, ProbeEnd::kTimedOut})
    {
        RecordedMachine machine = OnlineServer();
        SetProbe(machine, "login.windows.net", Ended(end, kTimedOutCode));
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kError, "problem");
        CHECK(List(outcome, "unreachable_hosts")
            == std::vector<std::string>{
                "login.windows.net:443: " + std::string(WordOf(end)) + " 12002 (0x2EE2)"});
        CHECK(List(outcome, "reached_hosts").size() == AllHosts().size() - 1);
    }
}

TEST_CASE("endpoint_unreachable: only samples without a connection are an advice")
{
    RecordedMachine machine = OnlineServer();
    for (const std::string& host : Hosts(true))
    {
        SetProbe(machine, host, Ended(ProbeEnd::kRefused, 12029));
    }
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "only_samples");
    SetProbe(machine, Hosts(false).front(), Ended(ProbeEnd::kRefused, 12029));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: all fail but a backup succeeded within 24 hours is an advice")
{
    RecordedMachine machine = CutOff();
    SetEvents(machine, EventList{{{3, kNow - std::chrono::hours(24)}}});
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice, "own_proxy");
    CHECK(outcome.facts.at("last_backup") == Fact(kNow - std::chrono::hours(24)));
    SetEvents(machine, EventList{{{3, kNow - std::chrono::hours(24) - std::chrono::seconds(1)}}});
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    SetEvents(machine, EventList{{{11, kNow - std::chrono::hours(1)}}});
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: the end of a transfer in the log says the same as an event")
{
    RecordedMachine machine = CutOff();
    SetLog(machine, kTransferPatterns,
        OneLine(std::chrono::hours(5), "FileProvider::EndData", "FileProvider::EndData ok"));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "own_proxy");
    SetLog(machine, kTransferPatterns,
        OneLine(std::chrono::hours(25), "FileProvider::EndData", "FileProvider::EndData ok"));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: a successful backup excuses no single host")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: whether a backup succeeded need not be known")
{
    RecordedMachine machine = CutOff();
    SetEvents(machine, Failure{code::kAccessDenied, "x"});
    SetLog(machine, kTransferPatterns, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: the probes go through the proxy of SYSTEM, but for hosts of its bypass list")
{
    RecordedMachine machine = CutOff();
    SetSystemProxy(machine, "http=other:80;https=proxy.contoso.example:8080", "login.windows.net");
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), "proxy.contoso.example:8080");
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "problem");
    CHECK(outcome.Text("proxy") == "http=other:80;https=proxy.contoso.example:8080");
    CHECK(List(outcome, "unreachable_hosts").size() == 1);
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kAnswered, 0, 200));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("endpoint_unreachable: a proxy that refuses or does not answer is no connection")
{
    RecordedMachine machine = OnlineServer();
    SetSystemProxy(machine, "proxy.contoso.example:8080");
    SetAll(machine, Ended(ProbeEnd::kProxyRefused, 0, 403), "proxy.contoso.example:8080");
    SetEvents(machine, Absent{});
    const Outcome refused = Detect(Cause(), machine);
    CheckProblem(refused, Level::kError, "problem");
    CHECK(List(refused, "unreachable_hosts").front() == "login.microsoftonline.com:443: proxy_refused 403");
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 12029), "proxy.contoso.example:8080");
    CheckProblem(Detect(Cause(), machine), Level::kError, "proxy_unreachable");
}

TEST_CASE("endpoint_unreachable: hosts that another check explains are no problem here, and let nothing pass")
{
    for (const auto& [end, code] :
        {std::pair(ProbeEnd::kNameNotResolved, 12007U), std::pair(ProbeEnd::kTlsFailed, 12175U),
            std::pair(ProbeEnd::kNotTrusted, 12045U), std::pair(ProbeEnd::kProxyNeedsLogin, 407U)})
    {
        RecordedMachine machine = OnlineServer();
        SetProbe(machine, "login.windows.net", Ended(end, code));
        const Outcome outcome = Detect(Cause(), machine);
        CheckCouldNotCheck(outcome, code);
        CHECK(List(outcome, "open_hosts").size() == 1);
        SetAll(machine, Ended(end, code));
        CheckCouldNotCheck(Detect(Cause(), machine), code);
        SetProbe(machine, "login.microsoftonline.com", Ended(ProbeEnd::kRefused, 12029));
        SetEvents(machine, Absent{});
        CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    }
}

TEST_CASE("endpoint_unreachable: samples that another check explains are not judged")
{
    RecordedMachine machine = OnlineServer();
    for (const std::string& host : Hosts(true))
    {
        SetProbe(machine, host, Ended(ProbeEnd::kNameNotResolved, 12007));
    }
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("endpoint_unreachable: a host that could not be asked lets nothing pass and hides no problem")
{
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    SetProbe(machine, "login.microsoftonline.com", Ended(ProbeEnd::kRefused, 12029));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: a sample is of the region of the vault, and none is asked where the log "
          "names hosts")
{
    const std::string sample = "pod01-manag1.we.backup.windowsazure.com";
    const std::string logged = "pod02-prot1.we.backup.windowsazure.com";
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, sample, Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    SetProbe(machine, logged, Ended(ProbeEnd::kAnswered, 0, 403));
    const Outcome advice = Detect(Cause(), machine);
    CheckProblem(advice, Level::kAdvice, "only_samples");
    CHECK(List(advice, "unreachable_hosts").size() == 1);
    CHECK(List(advice, "unreachable_hosts").front().starts_with(sample));
    SetProbe(machine, sample, Ended(ProbeEnd::kProxyNeedsLogin, 0, 407));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "only_samples");
    // What another row would explain, or nobody could ask, is no matter here.
    SetProbe(machine, sample, Ended(ProbeEnd::kNotTrusted, 0x800B0109));
    CheckPassed(Detect(Cause(), machine));
    SetProbe(machine, sample, Failure{code::kTimeout, "x"});
    CheckPassed(Detect(Cause(), machine));
    SetLogHosts(machine, {logged});
    CheckPassed(Detect(Cause(), machine));
    SetProbe(machine, logged, Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: without a known region of the vault no host of a region is tried")
{
    const std::string file =
        "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Mon Mar 09 2026.VaultCredentials";
    RecordedMachine machine = OnlineServer();
    Edit(machine, ReadVaultCredentials{file},
        [](VaultCredentials& credentials) { credentials.location = "atlantis"; });
    SetProbe(machine, "pod01-manag1.we.backup.windowsazure.com", Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(List(outcome, "reached_hosts").size() == 3);
}

TEST_CASE(
    "endpoint_unreachable: hosts of the log with private addresses are a private endpoint, and public ones "
    "are not needed then")
{
    const std::string own = "7b1c2f0e.pod01-prot1.privatelink.we.backup.windowsazure.com";
    const std::string open = "pod01-prot1.we.backup.windowsazure.com";
    RecordedMachine machine = OnlineServer();
    SetEvents(machine, Absent{});
    SetLogHosts(machine, {own, open});
    SetAddress(machine, own, "10.4.0.7");
    SetAddress(machine, open, "20.38.99.1");
    SetProbe(machine, own, Ended(ProbeEnd::kAnswered, 0, 403));
    SetProbe(machine, open, Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "private_endpoint");
    CHECK(outcome.facts.at("private_hosts")
        == Fact(std::vector<Finding>{{own, "private_endpoint", "10.4.0.7"}}));
    SetProbe(machine, own, Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    CheckProblem(Detect(Cause(), machine), Level::kError, "private_unreachable");
    // Sign-in stays public.
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kTimedOut, kTimedOutCode));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    // One public address, and it is none.
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kAnswered, 0, 200));
    machine.Set(ResolveName{own}, NameResolution{{"10.4.0.7", "20.38.99.1"}, 0});
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: a host that an older recording did not ask leaves the others judged")
{
    const Failure notRecorded{code::kNotRecorded, "probe_https"};
    RecordedMachine machine = OnlineServer();
    SetProbe(machine, "login.windows.net", notRecorded);
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(List(outcome, "reached_hosts").size() == AllHosts().size() - 1);
    SetAll(machine, notRecorded);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotRecorded);
}

TEST_CASE("endpoint_unreachable: the hosts that the agent wrote of are asked too")
{
    const std::string host = "pod01-prot1.we.backup.windowsazure.com";
    RecordedMachine machine = OnlineServer();
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes,
        OneLine(std::chrono::hours(1), ".backup.windowsazure.com", "POST https://" + host + ":443/x"));
    SetProbe(machine, host, Ended(ProbeEnd::kAnswered, 0, 403));
    const Outcome passed = Detect(Cause(), machine);
    CheckPassed(passed);
    CHECK(List(passed, "reached_hosts").back() == host + ":443: answered 403");
    SetProbe(machine, host, Ended(ProbeEnd::kRefused, 12029));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    // An old host may be gone.
    SetProbe(machine, host, Ended(ProbeEnd::kNameNotResolved, 12007));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("endpoint_unreachable: of the log only the newest hosts are asked, each once")
{
    LogScan scan;
    for (int i = 0; i < 12; ++i)
    {
        const std::string host = "pod" + std::to_string(i) + ".we.backup.windowsazure.com";
        scan.matches.push_back({kNow, ".backup.windowsazure.com", "NORMAL", host + " " + host});
    }
    RecordedMachine machine = OnlineServer();
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes, scan);
    for (int i = 0; i < 8; ++i)
    {
        SetProbe(machine, "pod" + std::to_string(i) + ".we.backup.windowsazure.com",
            Ended(ProbeEnd::kAnswered, 0, 403));
    }
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("endpoint_unreachable: without agent or log the documented hosts are judged")
{
    RecordedMachine machine = OnlineServer();
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes, Failure{code::kAccessDenied, "x"});
    CheckPassed(Detect(Cause(), machine));
    RemoveAgent(machine);
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("endpoint_unreachable: a script chooses the proxy of each host")
{
    RecordedMachine machine = CutOff();
    const std::string script = "http://wpad.contoso.example/wpad.dat";
    ProxySettings settings;
    settings.autoConfigUrl = script;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    for (const EndpointHost& host : AllHosts())
    {
        machine.Set(FindProxyForUrl{"https://" + host.name + "/", script},
            ProxyRoute{{"proxy7:8080", "proxy8:8080"}});
    }
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), "proxy7:8080");
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("proxy") == script);
    CHECK(List(outcome, "ways") == std::vector<std::string>{"proxy7:8080: way_proxy"});
    machine.Set(FindProxyForUrl{"https://login.windows.net/", script}, ProxyRoute{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: where the script cannot be fetched a failure proves nothing")
{
    RecordedMachine machine = CutOff();
    const std::string script = "http://wpad.contoso.example/wpad.dat";
    ProxySettings settings;
    settings.autoConfigUrl = script;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    for (const EndpointHost& host : AllHosts())
    {
        machine.Set(FindProxyForUrl{"https://" + host.name + "/", script}, Failure{12167, "x"});
    }
    CheckCouldNotCheck(Detect(Cause(), machine), 12167);
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("endpoint_unreachable: a proxy whose name is not resolved counts elsewhere")
{
    RecordedMachine machine = OnlineServer();
    SetSystemProxy(machine, "proxy.contoso.example:8080");
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 11001), "proxy.contoso.example:8080");
    SetEvents(machine, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), 11001);
}

TEST_CASE("endpoint_unreachable: the text for the network team says who asked, how and from where")
{
    RecordedMachine machine = CutOff();
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.remoteSession = true; });
    const Outcome outcome = Detect(Cause(), machine);
    for (const Language language : {Language::kEnglish, Language::kSpanish})
    {
        const EntryText text = BuiltInKnowledge().TextFor(Cause().id, outcome, language);
        for (const char* part : {"FILESRV07", "login.windows.net:443", "12002 (0x2EE2)",
                 "2026-03-10 12:00 UTC", "ctldl.windowsupdate.com", "AzureActiveDirectory"})
        {
            CHECK_MESSAGE(text.handoff.find(part) != std::string::npos, part, ": ", text.handoff);
        }
        CHECK(text.handoff.find("timed_out") == std::string::npos);
        CHECK(text.handoff.find("direct\"") == std::string::npos);
        CHECK(text.evidence.find("timed_out") == std::string::npos);
        CHECK(text.evidence.find("[") == std::string::npos);
    }
    CHECK(BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish).handoff.find("remote session")
        != std::string::npos);
}

TEST_CASE("endpoint_unreachable: automatic detection without a script is a direct connection")
{
    RecordedMachine machine = CutOff();
    ProxySettings settings;
    settings.autoDetect = true;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: without knowing the proxy of SYSTEM nothing is judged, that of the user is "
          "only shown")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, Failure{code::kAccessDenied, "x"});
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK_FALSE(outcome.facts.contains("user_proxy"));
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("endpoint_unreachable: each cloud has its own hosts and its own list for the firewall")
{
    RecordedMachine machine = CutOff();
    Given given;
    given.cloud = Cloud::kChina;
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    CHECK(List(Detect(Cause(), machine), "ranges")
        == std::vector<std::string>{"20.190.128.0/18", "40.126.0.0/18"});
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), {}, Cloud::kChina);
    const Outcome outcome = Detect(Cause(), machine, given);
    CheckPassed(outcome);
    CHECK(List(outcome, "allow").size() == EndpointsOf(Cloud::kChina).allow.size());
    CHECK(List(outcome, "ranges") == std::vector<std::string>{"-"});
}

TEST_CASE("endpoint_unreachable: with the agent's own proxy the hosts are asked through it alone")
{
    const std::string proxy = "proxy.contoso.example:8080";
    RecordedMachine machine = CutOff();
    SetEvents(machine, EventList{{{3, kNow - std::chrono::hours(1)}}});
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), proxy);
    const Outcome outcome = Detect(Cause(), machine, WithOwnProxy(proxy));
    CheckPassed(outcome);
    CHECK(outcome.Text("agent_proxy") == proxy);
    CHECK(outcome.facts.at("route") == Fact(std::vector<Finding>{{proxy, "proxy_of_agent", ""}}));
    CHECK(List(outcome, "ways") == std::vector<std::string>{proxy + ": way_proxy"});
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10060), proxy);
    CheckProblem(Detect(Cause(), machine, WithOwnProxy(proxy)), Level::kError, "own_proxy_unreachable");
    // Who has none goes by SYSTEM's settings, and a backup that succeeded is no sign of one.
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Absent{});
    CheckProblem(Detect(Cause(), machine, WithOwnProxy("none")), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: where only the agent is let out, a connection that this program may not "
          "make says nothing")
{
    RecordedMachine machine = CutOff();
    SetAll(machine, Ended(ProbeEnd::kRefused, 10013));
    const std::string engine = std::string(kInstallPath) + "bin\\cbengine.exe";
    Edit(machine, ReadFirewall{}, [&](FirewallState& state) {
        state.rules = {{"Let the backup out", engine, {}, 6, "443", {}, 7, false}};
    });
    for (const char* id : {"endpoint_unreachable", "proxy_needs_login", "system_proxy_wrong", "tls_fails",
             "root_certificates_missing"})
    {
        CAPTURE(id);
        const RootCause* cause = FindRootCause(std::string("connectivity.") + id);
        CheckCouldNotCheck(Detect(*cause, machine), 10013);
    }
    Edit(machine, ReadFirewall{}, [&](FirewallState& state) {
        state.rules.push_back({"And again not", engine, {}, 6, "443", {}, 7, true});
    });
    CheckProblem(Detect(Cause(), machine), Level::kError, "blocked_here");
}

TEST_CASE("endpoint_unreachable: no packet leaves when offline")
{
    CheckNotApplicable(Detect(Cause(), RecordedMachine(), Offline()), reason::kOffline);
}

TEST_CASE("endpoint_unreachable: a proxy that is dead is passed over where the script names another")
{
    RecordedMachine machine = CutOff();
    const std::string script = "http://wpad.contoso.example/wpad.dat";
    ProxySettings settings;
    settings.autoConfigUrl = script;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    for (const EndpointHost& host : AllHosts())
    {
        machine.Set(
            FindProxyForUrl{"https://" + host.name + "/", script}, ProxyRoute{{"dead:8080", "proxy8:8080"}});
    }
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10060), "dead:8080");
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), "proxy8:8080");
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(List(outcome, "ways") == std::vector<std::string>{"proxy8:8080: way_proxy"});
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10061), "proxy8:8080");
    CheckProblem(Detect(Cause(), machine), Level::kError, "proxy_unreachable");
}

TEST_CASE("endpoint_unreachable: a connection that this server itself forbids is said to be so")
{
    RecordedMachine machine = CutOff();
    SetAll(machine, Ended(ProbeEnd::kRefused, 10013));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "blocked_here");
    CHECK(std::get<std::vector<Finding>>(outcome.facts.at("unreachable_hosts")).front().token
        == "blocked_here");
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kTimedOut, 10060));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("endpoint_unreachable: a far end that closes without an answer is told from one that resets")
{
    RecordedMachine machine = CutOff();
    SetAll(machine, Ended(ProbeEnd::kReset, 10054));
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kReset, 10101));
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "problem");
    for (const Finding& finding : std::get<std::vector<Finding>>(outcome.facts.at("unreachable_hosts")))
    {
        CHECK(finding.token == (finding.subject == "login.windows.net:443" ? "closed" : "reset"));
    }
}

TEST_CASE("endpoint_unreachable: a login or a refusal of the proxy is named by its status")
{
    RecordedMachine machine = OnlineServer();
    SetSystemProxy(machine, "proxy.contoso.example:8080");
    SetEvents(machine, Absent{});
    SetAll(machine, Ended(ProbeEnd::kProxyNeedsLogin, 0, 407), "proxy.contoso.example:8080");
    // HTTP_E_STATUS_PROXY_AUTH_REQ.
    CheckCouldNotCheck(Detect(Cause(), machine), 0x80190197);
    CheckCouldNotCheck(Detect(*FindRootCause("connectivity.tls_fails"), machine), 0x80190197);
    SetAll(machine, Ended(ProbeEnd::kProxyRefused, 0, 403), "proxy.contoso.example:8080");
    CheckCouldNotCheck(Detect(*FindRootCause("connectivity.tls_fails"), machine), 0x80190193);
}

} // namespace mars::test
