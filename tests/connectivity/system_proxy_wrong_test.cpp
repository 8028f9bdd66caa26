// SPDX-License-Identifier: MIT
#include "connectivity/connection_blob.h"
#include "network.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"

namespace mars::test
{
namespace
{

constexpr const char* kDead = "old-proxy.contoso.example:8080";
constexpr const char* kGood = "proxy.contoso.example:3128";
const std::string kSettings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const std::string kSystemKey = "HKU\\S-1-5-18" + kSettings;
const std::string kUserKey = "HKU\\S-1-5-21-1111111111-2222222222-3333333333-1105" + kSettings;

const RootCause& Cause()
{
    return *FindRootCause("connectivity.system_proxy_wrong");
}

ProxySettings Named(const std::string& server)
{
    ProxySettings settings;
    settings.enabled = true;
    settings.server = server;
    return settings;
}

Bytes Blob(std::uint8_t counter, std::uint8_t flags)
{
    Bytes blob{0x46, 0, 0, 0, counter, 0, 0, 0, flags, 0, 0, 0};
    blob.resize(56);
    return blob;
}

void SetSettings(
    RecordedMachine& machine, const std::string& key, const std::string& server, const Bytes& blob)
{
    const auto set = [&](const char* name, const Answer<RegistryValue>& value) {
        machine.Set(ReadRegistryValue{{key, name}}, value);
    };
    set("ProxyEnable", RegistryValue::Dword(1));
    set("ProxyServer", RegistryValue::String(server));
    set("ProxyOverride", Absent{});
    set("AutoConfigURL", Absent{});
    for (const char* name : {"DefaultConnectionSettings", "SavedLegacySettings"})
    {
        machine.Set(ReadRegistryValue{{key + "\\Connections", name}},
            blob.empty() ? Answer<RegistryValue>(Absent{}) : RegistryValue{kRegBinary, blob});
    }
}

/// SYSTEM's proxy does not answer.
RecordedMachine DeadProxy(bool directWorks)
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Named(kDead));
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10060), kDead);
    if (!directWorks)
    {
        SetAll(machine, Ended(ProbeEnd::kTimedOut, 10060));
    }
    SetSettings(machine, kSystemKey, kDead, Blob(9, 3));
    SetSettings(machine, kUserKey, kGood, Blob(4, 3));
    return machine;
}

void GiveUserProxy(RecordedMachine& machine, const HttpsProbe& answer)
{
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, Named(kGood));
    SetAll(machine, answer, kGood);
}

Given Choosing(const std::string& choice)
{
    Given given;
    given.choice = choice;
    return given;
}

const RegistryValue& After(const RepairProposal& proposal, std::size_t i)
{
    return *std::get<SetRegistryValue>(proposal.plan.changes.at(i)).after;
}

} // namespace

TEST_CASE("system_proxy_wrong: no proxy that is needed, and one that answers, pass")
{
    CheckPassed(Detect(Cause(), OnlineServer()));
    for (const ProbeEnd end : {ProbeEnd::kAnswered, ProbeEnd::kProxyRefused, ProbeEnd::kProxyNeedsLogin,
             ProbeEnd::kTlsFailed, ProbeEnd::kReset})
    {
        RecordedMachine machine = DeadProxy(true);
        SetProbe(machine, "login.windows.net", Ended(end, 0, 403), kDead);
        const Outcome outcome = Detect(Cause(), machine);
        CheckPassed(outcome);
        CHECK(outcome.Text("case") == "alive");
    }
}

TEST_CASE("system_proxy_wrong: a dead proxy is an error, whatever else works")
{
    RecordedMachine machine = DeadProxy(true);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "dead_direct_works");
    CHECK(outcome.Text("proxy") == kDead);
    CHECK(outcome.Text("winhttp_proxy") == "direct");
    machine = DeadProxy(false);
    CheckProblem(Detect(Cause(), machine), Level::kError, "dead");
    GiveUserProxy(machine, Ended(ProbeEnd::kAnswered, 0, 200));
    CheckProblem(Detect(Cause(), machine), Level::kError, "dead_user_works");
    Edit(machine, ReadProxySettings{ProxyOwner::kSystem},
        [](ProxySettings& settings) { settings.byPolicy = true; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "dead_by_policy");
}

TEST_CASE("system_proxy_wrong: only this user's proxy gets through is a warning")
{
    RecordedMachine machine = OnlineServer();
    SetAll(machine, Ended(ProbeEnd::kTimedOut, 10060));
    CheckPassed(Detect(Cause(), machine));
    GiveUserProxy(machine, Ended(ProbeEnd::kAnswered, 0, 200));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "only_user");
    // With a login only: SYSTEM would not get through.
    GiveUserProxy(machine, Ended(ProbeEnd::kProxyNeedsLogin, 0, 407));
    CheckPassed(Detect(Cause(), machine));
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kAnswered, 0, 200));
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE(
    "system_proxy_wrong: beside the agent's own proxy SYSTEM's settings do not count, and nothing is copied")
{
    RecordedMachine machine = DeadProxy(false);
    GiveUserProxy(machine, Ended(ProbeEnd::kAnswered, 0, 200));
    Given given = WithOwnProxy("own.contoso.example:8080");
    const Outcome outcome = Detect(Cause(), machine, given);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "own_proxy");
    CHECK(std::get<std::vector<Finding>>(outcome.facts.at("proxies")).front()
        == Finding{"own.contoso.example:8080", "proxy_of_agent", ""});
    given.choice = "copy";
    CHECK(Propose(Cause(), machine, given).kind == RepairProposal::Kind::kNothingToDo);
    CheckProblem(Detect(Cause(), machine, WithOwnProxy("none")), Level::kError, "dead_user_works");
}

TEST_CASE("system_proxy_wrong: that a sample answers does not show that the direct way works")
{
    RecordedMachine machine = OnlineServer();
    for (const std::string& host : Hosts(false))
    {
        SetProbe(machine, host, Ended(ProbeEnd::kTimedOut, 10060));
    }
    GiveUserProxy(machine, Ended(ProbeEnd::kAnswered, 0, 200));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "only_user");
}

TEST_CASE("system_proxy_wrong: what was not asked lets nothing pass")
{
    RecordedMachine machine = OnlineServer();
    SetAll(machine, Ended(ProbeEnd::kTimedOut, 10060));
    machine.Set(ReadProxySettings{ProxyOwner::kUser}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    SetAll(machine, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine = DeadProxy(true);
    SetProbe(machine, "login.windows.net", Failure{code::kTimeout, "x"}, kDead);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CheckNotApplicable(Detect(Cause(), RecordedMachine(), Offline()), reason::kOffline);
}

TEST_CASE("system_proxy_wrong: a script that cannot be fetched is as good as a dead proxy")
{
    RecordedMachine machine = OnlineServer();
    ProxySettings settings;
    settings.autoConfigUrl = "http://wpad.contoso.example/wpad.dat";
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    const auto setScript = [&](const Answer<ProxyRoute>& route) {
        for (const EndpointHost& host : AllHosts())
        {
            machine.Set(FindProxyForUrl{"https://" + host.name + "/", settings.autoConfigUrl}, route);
        }
    };
    // Not fetched, its host silent, its host's name unknown.
    for (const std::uint32_t code : {12167U, 10060U, 11001U})
    {
        setScript(Failure{code, "x"});
        CheckProblem(Detect(Cause(), machine), Level::kError, "dead_direct_works");
    }
    // No time, and the service that runs scripts switched off or failing.
    for (const std::uint32_t code : {code::kTimeout, 1058U, 12178U})
    {
        setScript(Failure{code, "x"});
        CheckCouldNotCheck(Detect(Cause(), machine), code);
    }
    setScript(ProxyRoute{{kDead, kGood}});
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10060), kDead);
    SetAll(machine, Ended(ProbeEnd::kAnswered, 0, 200), kGood);
    CheckPassed(Detect(Cause(), machine));
    setScript(ProxyRoute{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("system_proxy_wrong: a proxy that is not needed is removed, the whole of it kept for undo")
{
    const RepairProposal proposal = Propose(Cause(), DeadProxy(true));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    REQUIRE(proposal.plan.changes.size() == 4);
    CHECK(IsReversible(proposal.plan));
    CHECK(
        std::get<SetRegistryValue>(proposal.plan.changes[0]).path == RegistryPath{kSystemKey, "ProxyEnable"});
    CHECK(After(proposal, 0) == RegistryValue::Dword(0));
    CHECK(
        std::get<SetRegistryValue>(proposal.plan.changes[1]).before == RegistryValue{kRegBinary, Blob(9, 3)});
    CHECK(After(proposal, 1) == RegistryValue{kRegBinary, Blob(10, 1)});
    CHECK(After(proposal, 2) == RegistryValue{kRegBinary, Blob(10, 1)});
    CHECK(Propose(Cause(), DeadProxy(true), Choosing("clear")).plan.changes == proposal.plan.changes);
}

TEST_CASE("system_proxy_wrong: the user's settings are copied only where they work and the person chose so")
{
    RecordedMachine machine = DeadProxy(false);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    CHECK(Propose(Cause(), machine, Choosing("clear")).reason == "direct_fails");
    CHECK(Propose(Cause(), machine, Choosing("copy")).reason == "user_proxy_fails");
    GiveUserProxy(machine, Ended(ProbeEnd::kAnswered, 0, 200));
    CHECK(Propose(Cause(), machine).reason == "choose_copy");
    const RepairProposal proposal = Propose(Cause(), machine, Choosing("copy"));
    REQUIRE(proposal.plan.changes.size() == 4);
    CHECK(After(proposal, 0) == RegistryValue::String(kGood));
    CHECK(After(proposal, 1) == RegistryValue{kRegBinary, Blob(10, 3)});
    GiveUserProxy(machine, Ended(ProbeEnd::kProxyNeedsLogin, 0, 407));
    CHECK(Propose(Cause(), machine, Choosing("copy")).reason == "user_proxy_fails");
}

TEST_CASE("system_proxy_wrong: a proxy by policy is never changed, nor one whose values cannot be read")
{
    RecordedMachine machine = DeadProxy(true);
    machine.Set(ReadRegistryValue{{kSystemKey, "ProxyEnable"}}, Failure{code::kAccessDenied, "x"});
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    machine = DeadProxy(true);
    Edit(machine, ReadProxySettings{ProxyOwner::kSystem},
        [](ProxySettings& settings) { settings.byPolicy = true; });
    CHECK(Propose(Cause(), machine).reason == "set_by_policy");
    CHECK(Propose(Cause(), machine, Choosing("copy")).reason == "set_by_policy");
    CHECK(Propose(Cause(), OnlineServer()).kind == RepairProposal::Kind::kNothingToDo);
}

TEST_CASE("system_proxy_wrong: what WinINET stores is never left half written")
{
    for (const std::size_t size : {0U, 3U, 7U, 8U, 200U})
    {
        const Bytes direct = connectivity::DirectBlob(Bytes(size, 0xFF));
        CHECK(direct.size() == 56);
        CHECK(direct[8] == 1);
    }
    CHECK(connectivity::CopiedBlob(Blob(4, 3), {}) == Blob(4, 3));
    CHECK(connectivity::CopiedBlob({1, 2}, Blob(9, 3)) == Bytes{1, 2});
}

TEST_CASE("system_proxy_wrong: an agent that runs is restarted, because it keeps what it read at its start")
{
    RepairProposal proposal = Propose(Cause(), DeadProxy(true));
    CHECK(proposal.plan.changes.back() == Change(RestartService{"obengine"}));
    CHECK(proposal.plan.disturbs);
    RecordedMachine machine = DeadProxy(true);
    Edit(machine, QueryService{"obengine"},
        [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
    proposal = Propose(Cause(), machine);
    CHECK(proposal.plan.changes.size() == 3);
    CHECK_FALSE(proposal.plan.disturbs);
}

} // namespace mars::test
