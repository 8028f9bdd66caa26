// SPDX-License-Identifier: MIT
#include "network.h"
#include "questions/network.h"
#include "questions/proxy.h"

namespace mars::test
{
namespace
{

constexpr std::uint32_t kNoSuchHost = 11001;
constexpr std::uint32_t kNoServer = 11002;

const RootCause& Cause()
{
    return *FindRootCause("connectivity.name_resolution_fails");
}

} // namespace

TEST_CASE("name_resolution_fails: names that are resolved pass")
{
    const Outcome outcome = Detect(Cause(), OnlineServer());
    CheckPassed(outcome);
    CHECK(outcome.facts.at("name_servers") == Fact(std::vector<std::string>{"10.1.2.5"}));
}

TEST_CASE("name_resolution_fails: a documented name that is not resolved is an error, listed")
{
    for (const std::string host : {"login.windows.net", "login.microsoftonline.com"})
    {
        for (const std::uint32_t code : {kNoSuchHost, kNoServer})
        {
            RecordedMachine machine = OnlineServer();
            SetName(machine, host, code);
            const Outcome outcome = Detect(Cause(), machine);
            CheckProblem(outcome, Level::kError, "problem");
            CHECK(std::get<std::vector<Finding>>(outcome.facts.at("unresolved_names")).size() == 1);
            CHECK(std::get<std::vector<Finding>>(outcome.facts.at("unresolved_names"))[0].subject == host);
        }
    }
}

TEST_CASE("name_resolution_fails: a sample never counts")
{
    RecordedMachine machine = OnlineServer();
    for (const std::string& sample : Hosts(true))
    {
        SetName(machine, sample, kNoServer);
    }
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(
        std::get<std::vector<std::string>>(outcome.facts.at("resolved_names")).size() == Hosts(false).size());
}

TEST_CASE("name_resolution_fails: behind a private endpoint the public names of the log are not needed")
{
    const std::string own = "7b1c2f0e.pod01-prot1.privatelink.we.backup.windowsazure.com";
    const std::string open = "pod01-prot1.we.backup.windowsazure.com";
    RecordedMachine machine = OnlineServer();
    SetLogHosts(machine, {own, open});
    SetAddress(machine, own, "172.16.3.4");
    SetName(machine, open, kNoServer);
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.facts.at("private_hosts")
        == Fact(std::vector<Finding>{{own, "private_endpoint", "172.16.3.4"}}));
    SetAddress(machine, own, "20.38.99.1");
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("name_resolution_fails: of the agent's own proxy only its name counts")
{
    RecordedMachine machine = OnlineServer();
    for (const std::string& host : Hosts(false))
    {
        SetName(machine, host, kNoSuchHost);
    }
    const Given given = WithOwnProxy("proxy.contoso.example:8080");
    SetName(machine, "proxy.contoso.example");
    CheckPassed(Detect(Cause(), machine, given));
    SetName(machine, "proxy.contoso.example", kNoSuchHost);
    CheckProblem(Detect(Cause(), machine, given), Level::kError, "own_proxy_name");
}

TEST_CASE("name_resolution_fails: a host out of the log may be gone")
{
    const std::string host = "pod01-prot1.we.backup.windowsazure.com";
    RecordedMachine machine = OnlineServer();
    SetLog(machine, EndpointsOf(Cloud::kPublic).serviceSuffixes,
        OneLine(std::chrono::hours(1), ".backup.windowsazure.com", "POST https://" + host + ":443/x"));
    SetName(machine, host, kNoSuchHost);
    CheckPassed(Detect(Cause(), machine));
    SetName(machine, host, kNoServer);
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("name_resolution_fails: through a proxy only the proxy's own name counts")
{
    RecordedMachine machine = OnlineServer();
    for (const bool samples : {false, true})
    {
        for (const std::string& host : Hosts(samples))
        {
            SetName(machine, host, kNoServer);
        }
    }
    SetSystemProxy(machine, "proxy.contoso.example:8080");
    SetName(machine, "proxy.contoso.example");
    CheckPassed(Detect(Cause(), machine));
    SetName(machine, "proxy.contoso.example", kNoSuchHost);
    CheckProblem(Detect(Cause(), machine), Level::kError, "proxy_name");
    SetSystemProxy(machine, "proxy.contoso.example:8080", "login.windows.net");
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("name_resolution_fails: where the script cannot be followed, unknown names prove nothing")
{
    RecordedMachine machine = OnlineServer();
    ProxySettings settings;
    settings.autoConfigUrl = "http://wpad.contoso.example/wpad.dat";
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    for (const bool samples : {false, true})
    {
        for (const std::string& host : Hosts(samples))
        {
            machine.Set(
                FindProxyForUrl{"https://" + host + "/", settings.autoConfigUrl}, Failure{12167, "x"});
        }
    }
    CheckPassed(Detect(Cause(), machine));
    SetName(machine, "login.windows.net", kNoServer);
    CheckCouldNotCheck(Detect(Cause(), machine), 12167);
}

TEST_CASE("name_resolution_fails: a name that could not be asked for lets nothing pass and hides no problem")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ResolveName{"login.windows.net"}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    SetName(machine, "login.microsoftonline.com", kNoServer);
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
}

TEST_CASE("name_resolution_fails: the adapters need not be known, the proxy of SYSTEM must be")
{
    RecordedMachine machine = OnlineServer();
    machine.Set(ListNetworkAdapters{}, Failure{code::kAccessDenied, "x"});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    CheckNotApplicable(Detect(Cause(), RecordedMachine(), Offline()), reason::kOffline);
}

TEST_CASE("name_resolution_fails: of several proxies one that is known is enough")
{
    RecordedMachine machine = OnlineServer();
    ProxySettings settings;
    settings.autoConfigUrl = "http://wpad.contoso.example/wpad.dat";
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    for (const bool samples : {false, true})
    {
        for (const std::string& host : Hosts(samples))
        {
            machine.Set(FindProxyForUrl{"https://" + host + "/", settings.autoConfigUrl},
                ProxyRoute{{"old.contoso.example:8080", "new.contoso.example:8080"}});
            SetName(machine, host, kNoServer);
        }
    }
    SetName(machine, "old.contoso.example", kNoSuchHost);
    SetName(machine, "new.contoso.example");
    CheckPassed(Detect(Cause(), machine));
    SetName(machine, "new.contoso.example", kNoSuchHost);
    CheckProblem(Detect(Cause(), machine), Level::kError, "proxy_name");
    // One host goes by the old proxy only.
    SetName(machine, "new.contoso.example");
    machine.Set(FindProxyForUrl{"https://login.windows.net/", settings.autoConfigUrl},
        ProxyRoute{{"old.contoso.example:8080"}});
    CheckProblem(Detect(Cause(), machine), Level::kError, "proxy_name");
}

TEST_CASE("name_resolution_fails: a name that an older recording did not ask for leaves the others judged")
{
    const Failure notRecorded{code::kNotRecorded, "resolve_name"};
    RecordedMachine machine = OnlineServer();
    machine.Set(ResolveName{"login.windows.net"}, notRecorded);
    CheckPassed(Detect(Cause(), machine));
    for (const EndpointHost& host : AllHosts())
    {
        machine.Set(ResolveName{host.name}, notRecorded);
    }
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotRecorded);
}

} // namespace mars::test
