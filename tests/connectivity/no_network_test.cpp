// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "network.h"
#include "pass.h"
#include "questions/firewall.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"

#include <condition_variable>
#include <mutex>

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("connectivity.no_network");
}

RecordedMachine Silent()
{
    RecordedMachine machine = OnlineServer();
    SetTests(machine, TestEnded(ProbeEnd::kTimedOut, 10060));
    SetAll(machine, Ended(ProbeEnd::kTimedOut, 10060));
    return machine;
}

/// SYSTEM looks for a script, as it does on a Windows that nobody has set up.
RecordedMachine Detecting(RecordedMachine machine)
{
    ProxySettings settings;
    settings.autoDetect = true;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    machine.Set(DetectProxyScript{}, Absent{});
    return machine;
}

/// Looks for a script until both network tests have been asked, as a silent network does for seconds.
class SlowDetection : public Machine
{
public:
    explicit SlowDetection(RecordedMachine machine) : m_machine(std::move(machine)) {}

    void Respond(Exchange& exchange, const Wait& wait) const override
    {
        std::unique_lock lock(m_mutex);
        if (exchange.Name() == ProbeHttp::kName)
        {
            ++m_tests;
            m_changed.notify_all();
        }
        if (exchange.Name() == DetectProxyScript::kName)
        {
            ++m_detections;
            m_changed.wait_for(lock, std::chrono::seconds(30), [&] { return m_tests >= 2; });
            m_inVain = m_tests < 2;
        }
        m_machine.Respond(exchange, wait);
    }
    int Detections() const
    {
        return m_detections;
    }
    bool InVain() const
    {
        return m_inVain;
    }

private:
    RecordedMachine m_machine;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    mutable int m_tests = 0;
    mutable int m_detections = 0;
    mutable bool m_inVain = false;
};

void SetAdapters(RecordedMachine& machine, bool up, const std::vector<std::string>& addresses)
{
    machine.Set(ListNetworkAdapters{}, NetworkAdapterList{{{"Ethernet0", "vmxnet3", up, addresses, {}, {}}}});
}

} // namespace

TEST_CASE("no_network: one answer to one of the two tests is enough, whatever its status")
{
    for (const std::uint32_t status : {200U, 302U, 404U})
    {
        RecordedMachine machine = Silent();
        ProbeHttp question = NetworkTestQuestions({}).back();
        machine.Set(question, TestEnded(ProbeEnd::kAnswered, 0, status));
        CheckPassed(Detect(Cause(), machine));
    }
}

TEST_CASE("no_network: no answer anywhere is an error, with tests, adapters and proxy")
{
    const Outcome outcome = Detect(Cause(), Silent());
    CheckProblem(outcome, Level::kError, "problem");
    CHECK(outcome.facts.at("tests")
        == Fact(std::vector<Finding>{{"www.msftconnecttest.com:80", "timed_out", "10060 (0x274C)"},
            {"www.msftncsi.com:80", "timed_out", "10060 (0x274C)"}}));
    CHECK(
        outcome.facts.at("adapters") == Fact(std::vector<Finding>{{"Ethernet0", "adapter_up", "10.1.2.30"}}));
    CHECK(outcome.Text("proxy") == "direct");
}

TEST_CASE("no_network: hosts of Azure that answer over HTTPS show that there is a network")
{
    RecordedMachine machine = Silent();
    SetProbe(machine, "login.windows.net", Ended(ProbeEnd::kAnswered, 0, 200));
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "only_https");
}

TEST_CASE("no_network: no adapter that is connected and has an address of the network is said so")
{
    for (const auto& [up, addresses] :
        {std::pair(false, std::vector<std::string>{"10.1.2.30"}), std::pair(true, std::vector<std::string>{}),
            std::pair(true, std::vector<std::string>{"169.254.7.8", "fe80::1"})})
    {
        RecordedMachine machine = Silent();
        SetAdapters(machine, up, addresses);
        CheckProblem(Detect(Cause(), machine), Level::kError, "no_adapter");
    }
    RecordedMachine machine = Silent();
    SetAdapters(machine, true, {"fe80::1", "2001:db8::7"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    machine.Set(ListNetworkAdapters{}, NetworkAdapterList{});
    CheckProblem(Detect(Cause(), machine), Level::kError, "no_adapter");
}

TEST_CASE("no_network: an answer counts more than what the adapters look like")
{
    RecordedMachine machine = OnlineServer();
    SetAdapters(machine, false, {});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ListNetworkAdapters{}, Failure{code::kAccessDenied, "x"});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("no_network: the tests go through the proxy that applies, and a proxy that answers is a network")
{
    RecordedMachine machine = Silent();
    SetSystemProxy(machine, "proxy.contoso.example:8080");
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10061), "proxy.contoso.example:8080");
    SetTests(machine, TestEnded(ProbeEnd::kProxyUnreachable, 10061), "proxy.contoso.example:8080");
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    SetTests(machine, TestEnded(ProbeEnd::kProxyNeedsLogin, 0, 407), "proxy.contoso.example:8080");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("no_network: the tests go through the agent's own proxy where it was given")
{
    const std::string proxy = "proxy.contoso.example:8080";
    RecordedMachine machine = Silent();
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10061), proxy);
    SetTests(machine, TestEnded(ProbeEnd::kProxyUnreachable, 10061), proxy);
    const Outcome dead = Detect(Cause(), machine, WithOwnProxy(proxy));
    CheckProblem(dead, Level::kError, "problem");
    CHECK(dead.facts.at("route") == Fact(std::vector<Finding>{{proxy, "proxy_of_agent", ""}}));
    SetTests(machine, TestEnded(ProbeEnd::kAnswered, 0, 200), proxy);
    CheckPassed(Detect(Cause(), machine, WithOwnProxy(proxy)));
}

TEST_CASE("no_network: where only the agent is let out, tests that this program may not send say nothing")
{
    RecordedMachine machine = Silent();
    SetAll(machine, Ended(ProbeEnd::kRefused, 10013));
    SetTests(machine, TestEnded(ProbeEnd::kRefused, 10013));
    CheckProblem(Detect(Cause(), machine), Level::kError, "problem");
    Edit(machine, ReadFirewall{}, [&](FirewallState& state) {
        state.rules = {{"Let the backup out", {}, "obengine", 6, "443", {}, 7, false}};
    });
    CheckCouldNotCheck(Detect(Cause(), machine), 10013);
}

TEST_CASE("no_network: a test that could not be made lets nothing pass and no problem be found")
{
    RecordedMachine machine = Silent();
    SetTests(machine, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("no_network: offline only the adapters are looked at")
{
    CheckNotApplicable(Detect(Cause(), OnlineServer(), Offline()), reason::kOffline);
    RecordedMachine machine = OnlineServer();
    SetAdapters(machine, false, {});
    CheckProblem(Detect(Cause(), machine, Offline()), Level::kError, "no_adapter");
    machine.Set(ListNetworkAdapters{}, Failure{code::kAccessDenied, "x"});
    CheckNotApplicable(Detect(Cause(), machine, Offline()), reason::kOffline);
}

TEST_CASE("no_network: the tests are made while detection waits for an answer, and it is asked once")
{
    RecordedMachine silent = Silent();
    SetEvents(silent, Absent{});
    const auto machine = std::make_shared<SlowDetection>(Detecting(std::move(silent)));
    Pass pass(machine, {}, MarsAgent(), std::chrono::seconds(60));
    const auto results = pass.Run(std::array{&Cause(), FindRootCause("connectivity.endpoint_unreachable"),
                                      FindRootCause("basics.clock_wrong")},
        {}, {});
    CheckProblem(results[0].outcome, Level::kError, "problem");
    CHECK_FALSE(machine->InVain());
    CHECK(machine->Detections() == 1);
}

TEST_CASE("no_network: the tests go through the first proxy of the script that can be reached")
{
    RecordedMachine machine = Detecting(Silent());
    const std::string script = "http://wpad.contoso.example/wpad.dat";
    machine.Set(DetectProxyScript{}, ProxyScript{script});
    for (const NetworkTest& test : kNetworkTests)
    {
        machine.Set(FindProxyForUrl{std::string("http://") + test.host + "/", script},
            ProxyRoute{{"dead:8080", "proxy:8080"}});
    }
    SetTests(machine, TestEnded(ProbeEnd::kProxyUnreachable, 10060), "dead:8080");
    SetTests(machine, TestEnded(ProbeEnd::kAnswered, 0, 200), "proxy:8080");
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("no_network: without the service that runs scripts it is not known that there is no network")
{
    RecordedMachine machine = Detecting(Silent());
    const std::string script = "http://wpad.contoso.example/wpad.dat";
    machine.Set(DetectProxyScript{}, ProxyScript{script});
    for (const NetworkTest& test : kNetworkTests)
    {
        machine.Set(
            FindProxyForUrl{std::string("http://") + test.host + "/", script}, Failure{1058, "service"});
    }
    CheckCouldNotCheck(Detect(Cause(), machine), 1058);
    SetTests(machine, TestEnded(ProbeEnd::kAnswered, 0, 200));
    CheckPassed(Detect(Cause(), machine));
}

} // namespace mars::test
