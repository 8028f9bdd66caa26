// SPDX-License-Identifier: MIT
#include "questions/firewall.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "server.h"

namespace mars::test
{

namespace
{

constexpr const char* kProxy = "proxy.contoso.example:8080";
constexpr const char* kScript = "http://proxy.contoso.example/proxy.pac";

/// What the agent's own log names, and where it signs in.
const std::vector<std::string> kWhatTheAgentUses{"login.microsoftonline.com", "login.windows.net",
    "*.we.backup.windowsazure.com", "we1prod*.blob.core.windows.net"};

Scenario Way(const char* name)
{
    Scenario scenario;
    scenario.name = name;
    return scenario;
}

ProxySettings Manual(const char* proxy = kProxy)
{
    ProxySettings settings;
    settings.enabled = true;
    settings.server = proxy;
    settings.bypass = "<local>;*.contoso.example";
    return settings;
}

ProxySettings Script()
{
    ProxySettings settings;
    settings.autoConfigUrl = kScript;
    return settings;
}

/// Where nothing but the agent's own proxy leads to the internet, nobody else sees a certificate or a time.
void OnlyTheAgentGetsThrough(Scenario& scenario)
{
    for (const char* id : {"connectivity.tls_fails", "connectivity.root_certificates_missing"})
    {
        scenario.notChecked[id] = "no certificate is seen without the agent's own proxy";
    }
    scenario.notChecked["connectivity.endpoint_unreachable"] =
        "no host is reached without the agent's own proxy";
    scenario.notChecked["basics.clock_wrong"] = "no time is told without the agent's own proxy";
}

/// The commonest way to a proxy with a login: the agent has it, SYSTEM has none, and names of the internet
/// are unknown.
Scenario OwnProxy()
{
    Scenario scenario = Way("the agent has its own proxy");
    scenario.server.internet.hasNames = false;
    scenario.server.internet.open.clear();
    OnlyTheAgentGetsThrough(scenario);
    return scenario;
}

Scenario OwnProxyGiven()
{
    Scenario scenario = OwnProxy();
    scenario.name = "the agent has its own proxy, and the person says so";
    scenario.given.agentProxy = kProxy;
    scenario.notChecked.clear();
    scenario.server.internet.proxies[kProxy] = ProbeEnd::kAnswered;
    return scenario;
}

/// Once a week only, so that the last success is days old.
Scenario OwnProxyWeekly()
{
    Scenario scenario = OwnProxy();
    scenario.name = "the agent has its own proxy, weekly";
    Edit(scenario.server.answers, ListTasks{kTaskFolder}, [](TaskList& list) {
        std::string& xml = list.tasks.front().xml;
        const std::string daily = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";
        xml.replace(xml.find(daily), daily.size(),
            "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><Wednesday "
            "/></DaysOfWeek></ScheduleByWeek>");
    });
    BackUpEvery(scenario.server, std::chrono::days(7), std::chrono::hours(6 * 24 - 8));
    return scenario;
}

/// Group Policy gives every account the proxy; the agent has the login in its own settings.
Scenario MachineWideProxyWithLogin()
{
    Scenario scenario = Way("machine-wide proxy asks 407, agent has the login");
    ProxySettings settings = Manual();
    settings.byPolicy = true;
    scenario.server.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    scenario.server.Set(ReadProxySettings{ProxyOwner::kUser}, settings);
    scenario.server.internet.proxies[kProxy] = ProbeEnd::kProxyNeedsLogin;
    scenario.server.internet.hasNames = false;
    scenario.server.internet.open.clear();
    OnlyTheAgentGetsThrough(scenario);
    return scenario;
}

Scenario SystemProxy()
{
    Scenario scenario = Way("proxy of the SYSTEM account");
    scenario.server.Set(ReadProxySettings{ProxyOwner::kSystem}, Manual());
    scenario.server.internet.proxies[kProxy] = ProbeEnd::kAnswered;
    scenario.server.internet.hasNames = false;
    return scenario;
}

Scenario ProxyScriptOfSystem()
{
    Scenario scenario = Way("proxy script");
    scenario.server.Set(ReadProxySettings{ProxyOwner::kSystem}, Script());
    scenario.server.internet.scriptRoute = {kProxy};
    scenario.server.internet.proxies[kProxy] = ProbeEnd::kAnswered;
    scenario.server.internet.hasNames = false;
    return scenario;
}

/// The first proxy of the script's list is down, and Windows takes the next.
Scenario SecondProxyOfScript()
{
    Scenario scenario = ProxyScriptOfSystem();
    scenario.name = "proxy script with a dead first proxy";
    scenario.server.internet.scriptRoute = {"proxy1.contoso.example:8080", kProxy};
    return scenario;
}

Scenario DetectedProxy()
{
    Scenario scenario = ProxyScriptOfSystem();
    scenario.name = "proxy by automatic detection";
    ProxySettings detected;
    detected.autoDetect = true;
    scenario.server.Set(ReadProxySettings{ProxyOwner::kSystem}, detected);
    scenario.server.Set(DetectProxyScript{}, ProxyScript{kScript});
    return scenario;
}

/// The agent goes through its own proxy; the administrator's browser through the same one.
Scenario OnlyTheUserHasAProxy()
{
    Scenario scenario = Way("only the user and the agent have a proxy");
    scenario.server.Set(ReadProxySettings{ProxyOwner::kUser}, Manual());
    scenario.server.internet.proxies[kProxy] = ProbeEnd::kAnswered;
    scenario.server.internet.open.clear();
    OnlyTheAgentGetsThrough(scenario);
    return scenario;
}

/// Rules of a network with the service tags AzureBackup, Storage and AzureActiveDirectory, and nothing else.
Scenario ServiceTags()
{
    Scenario scenario = Way("service tags only");
    scenario.server.internet.open = {"login.microsoftonline.com", "login.windows.net", "login.microsoft.com",
        "*.backup.windowsazure.com", "*.blob.core.windows.net", "*.queue.core.windows.net"};
    return scenario;
}

Scenario PrivateEndpoint()
{
    Scenario scenario = Way("private endpoint");
    scenario.server.internet.open = kWhatTheAgentUses;
    scenario.server.internet.privateHosts = {
        "*.we.backup.windowsazure.com", "we1prod*.blob.core.windows.net"};
    return scenario;
}

/// Only what the documents list; not the addresses from which Windows renews its lists of roots.
Scenario AllowList()
{
    Scenario scenario = Way("allow-list firewall");
    scenario.server.internet.open = kWhatTheAgentUses;
    scenario.server.internet.open.emplace_back("www.msftconnecttest.com");
    scenario.server.internet.open.emplace_back("www.msftncsi.com");
    scenario.server.internet.closedEnd = ProbeEnd::kReset;
    scenario.server.internet.closedCode = 10054;
    return scenario;
}

/// A device looks into TLS, but not where the agent goes.
Scenario InspectsOthers()
{
    Scenario scenario = Way("TLS of other hosts is inspected");
    scenario.server.internet.inspected = {
        "www.microsoft.com", "download.microsoft.com", "management.azure.com"};
    return scenario;
}

/// Another product guards the network, and Windows' own firewall is off.
Scenario FirewallServiceOff()
{
    Scenario scenario = Way("Windows Firewall switched off");
    scenario.server.SetService(
        "MpsSvc", "Windows Defender Firewall", ServiceState::kStopped, StartType::kDisabled);
    scenario.server.Set(ReadFirewall{}, Failure{0x800706D9, "INetFwPolicy2"});
    return scenario;
}

} // namespace

std::vector<MakeScenario> WaysToTheInternet()
{
    return {OwnProxy, OwnProxyGiven, OwnProxyWeekly, MachineWideProxyWithLogin, SystemProxy,
        ProxyScriptOfSystem, SecondProxyOfScript, DetectedProxy, OnlyTheUserHasAProxy, ServiceTags,
        PrivateEndpoint, AllowList, InspectsOthers, FirewallServiceOff};
}

} // namespace mars::test
