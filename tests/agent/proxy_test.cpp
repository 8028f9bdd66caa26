// SPDX-License-Identifier: MIT
#include "proxy.h"

#include "questions/probes.h"
#include "questions/proxy.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

ProxySettings With(const char* server, const char* bypass = "")
{
    ProxySettings settings;
    settings.enabled = true;
    settings.server = server;
    settings.bypass = bypass;
    return settings;
}

std::string Server(const char* server)
{
    return ProxyFor(With(server), "login.windows.net");
}

bool Bypassed(const char* bypass, const char* host = "login.windows.net")
{
    return ProxyFor(With("p:1", bypass), host).empty();
}

constexpr const char* kUrl = "https://login.windows.net/";
constexpr const char* kScript = "http://wpad.contoso.example/wpad.dat";

ProxySettings Detecting(const char* server)
{
    ProxySettings settings = With(server);
    settings.autoDetect = true;
    return settings;
}

Answer<std::vector<std::string>> Find(const RecordedMachine& machine, const ProxySettings& settings)
{
    return FindProxies(MachineView(machine, Wait{}), settings, "login.windows.net");
}

using List = std::vector<std::string>;

} // namespace

TEST_CASE("proxy: what a person may give as the agent's own proxy")
{
    for (const char* good :
        {"none", "proxy:8080", "proxy.contoso.example:1", "10.1.2.3:65535", "[fd00::7]:3128"})
    {
        CHECK_MESSAGE(IsAgentProxy(good), good);
    }
    for (const char* bad : {"", "proxy", "proxy:", ":8080", "proxy:0", "proxy:65536", "proxy:80a", "proxy:-1",
             "proxy:+1", "None", "none:", "http://proxy:8080", "user:secret@proxy:8080", "a b:80",
             "fd00::7:80", "[proxy]:80", "[]:80", "proxy:8080/", "\"x:80", "-proxy:80", ".proxy:80",
             "--check:80", "proxy:80 80", "proxy:123456"})
    {
        CHECK_MESSAGE(!IsAgentProxy(bad), bad);
    }
    CHECK_FALSE(IsAgentProxy(std::string(254, 'a') + ":80"));
}

TEST_CASE("proxy: the agent's own proxy is for every host, and without one SYSTEM's settings count")
{
    RecordedMachine machine;
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, With("system:1"));
    const MachineView view(machine, Wait{});
    Given given;
    CHECK(ProxyFor(*ReadAgentsProxy(view, given), "localhost") == "system:1");
    given.agentProxy = "none";
    CHECK(ProxyFor(*ReadAgentsProxy(view, given), "localhost") == "system:1");
    CHECK(AgentsOwnProxy(given).empty());
    given.agentProxy = "own:2";
    CHECK(ProxyFor(*ReadAgentsProxy(view, given), "localhost") == "own:2");
    CHECK(ProxyForHttp(*ReadAgentsProxy(view, given), "localhost") == "own:2");
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, Failure{code::kAccessDenied, "x"});
    CHECK(ReadAgentsProxy(MachineView(machine, Wait{}), given).HasValue());
}

TEST_CASE("proxy: one server is for everything, a list has one for HTTPS")
{
    CHECK(Server("proxy:8080") == "proxy:8080");
    CHECK(Server("http=a:80;https=b:443;ftp=c:21") == "b:443");
    CHECK(Server("http=a:80 HTTPS=b:443") == "b:443");
    CHECK(Server("http=a:80;ftp=c:21") == "");
    CHECK(Server("") == "");
    CHECK(Server("https=") == "");
}

TEST_CASE("proxy: scheme, path and login are no part of the address")
{
    CHECK(Server("http://proxy:8080/") == "proxy:8080");
    CHECK(Server("http://user:secret@proxy:8080") == "proxy:8080");
    CHECK(Server("https=https://user:p@ss@proxy:3128/x") == "proxy:3128");
}

TEST_CASE("proxy: a server without a port has the default one")
{
    CHECK(Server("proxy") == "proxy:80");
    CHECK(Server("[fd00::1]") == "[fd00::1]:80");
    CHECK(Server("[fd00::1]:8080") == "[fd00::1]:8080");
}

TEST_CASE("proxy: settings that are off are none")
{
    ProxySettings settings = With("proxy:8080");
    settings.enabled = false;
    CHECK(ProxyFor(settings, "login.windows.net").empty());
    CHECK(DescribeProxy(settings).empty());
}

TEST_CASE("proxy: hosts of the bypass list go direct")
{
    CHECK(Bypassed("login.windows.net"));
    CHECK(Bypassed("x;*.Windows.NET"));
    CHECK(Bypassed("*"));
    CHECK(Bypassed("log*.win*s.n?t login.*"));
    CHECK(Bypassed("https://*.windows.net"));
    CHECK(Bypassed("*.windows.net:443"));
    CHECK_FALSE(Bypassed("http://*.windows.net"));
    CHECK_FALSE(Bypassed("*.windows.net:8443"));
    CHECK_FALSE(Bypassed("windows.net"));
    CHECK_FALSE(Bypassed("*.azure.net;10.*;<local>"));
    CHECK_FALSE(Bypassed("*.windows.ne"));
    CHECK_FALSE(Bypassed(""));
    CHECK(Bypassed("<LOCAL>", "intranet"));
    CHECK(Bypassed("10.*", "10.0.0.5"));
}

TEST_CASE("proxy: a long list of stars ends soon")
{
    const std::string stars = std::string(60, '*') + "b";
    const std::string pattern = "*a*a*a*a*a*a*a*a*a*a*a*a*b";
    const std::string host(250, 'a');
    CHECK_FALSE(Bypassed(stars.c_str(), host.c_str()));
    CHECK_FALSE(Bypassed(pattern.c_str(), host.c_str()));
}

TEST_CASE("proxy: a script is told, a login is not")
{
    ProxySettings settings;
    CHECK(DescribeProxy(settings).empty());
    CHECK_FALSE(UsesScript(settings));
    settings.autoConfigUrl = "http://wpad.contoso.example/wpad.dat";
    CHECK(UsesScript(settings));
    CHECK(DescribeProxy(settings) == "http://wpad.contoso.example/wpad.dat");
    settings.autoConfigUrl = "http://user:secret@wpad.contoso.example/a@b";
    CHECK(DescribeProxy(settings) == "http://wpad.contoso.example/a@b");
    CHECK(DescribeProxy(With("http=http://user:secret@a:80;https=b:443")) == "http=a:80;https=b:443");
    CHECK(DescribeProxy(With("user:secret@proxy:8080")) == "proxy:8080");
}

TEST_CASE("proxy: plain HTTP has its own server and its own port for exceptions")
{
    CHECK(ProxyForHttp(With("http=a:80;https=b:443"), "www.msftncsi.com") == "a:80");
    CHECK(ProxyForHttp(With("https=b:443"), "www.msftncsi.com") == "");
    CHECK(ProxyForHttp(With("proxy:8080"), "www.msftncsi.com") == "proxy:8080");
    CHECK(ProxyForHttp(With("p:1", "http://*.msftncsi.com"), "www.msftncsi.com") == "");
    CHECK(ProxyForHttp(With("p:1", "https://*.msftncsi.com"), "www.msftncsi.com") == "p:1");
    CHECK(ProxyForHttp(With("p:1", "www.msftncsi.com:80"), "www.msftncsi.com") == "");
    CHECK(ProxyForHttp(With("p:1", "www.msftncsi.com:443"), "www.msftncsi.com") == "p:1");
}

TEST_CASE("proxy: detection is asked once, and the script that it finds for each address")
{
    RecordedMachine machine;
    machine.Set(DetectProxyScript{}, ProxyScript{kScript});
    machine.Set(FindProxyForUrl{kUrl, kScript}, ProxyRoute{{"a:1", "b:2"}});
    CHECK(*Find(machine, Detecting("static:80")) == List{"a:1", "b:2"});
    machine.Set(FindProxyForUrl{kUrl, kScript}, ProxyRoute{});
    CHECK(*Find(machine, Detecting("static:80")) == List{""});
}

TEST_CASE("proxy: where detection leads nowhere the next setting counts")
{
    RecordedMachine machine;
    machine.Set(DetectProxyScript{}, Absent{});
    CHECK(*Find(machine, Detecting("static:80")) == List{"static:80"});
    machine.Set(DetectProxyScript{}, Failure{code::kTimeout, "x"});
    CHECK(*Find(machine, Detecting("static:80")) == List{"static:80"});
    machine.Set(DetectProxyScript{}, ProxyScript{kScript});
    machine.Set(FindProxyForUrl{kUrl, kScript}, Failure{12167, "x"});
    CHECK(*Find(machine, Detecting("static:80")) == List{"static:80"});
}

TEST_CASE("proxy: a recording of before detection was a question is followed as it was")
{
    RecordedMachine machine;
    machine.Set(FindProxyForUrl{kUrl, {}}, ProxyRoute{{"old:8080"}});
    CHECK(*Find(machine, Detecting("static:80")) == List{"old:8080"});
    machine.Set(FindProxyForUrl{kUrl, {}}, Absent{});
    CHECK(*Find(machine, Detecting("static:80")) == List{"static:80"});
}

TEST_CASE("proxy: a script that Windows does not run is no direct connection")
{
    for (const std::uint32_t code : {1058U, 1060U, 12178U})
    {
        RecordedMachine machine;
        machine.Set(DetectProxyScript{}, ProxyScript{kScript});
        machine.Set(FindProxyForUrl{kUrl, kScript}, Failure{code, "x"});
        REQUIRE(Find(machine, Detecting("static:80")).HasFailed());
        CHECK(Find(machine, Detecting("static:80")).Error().code == code);
        CHECK(IsUndecided(Failure{code, "x"}));
        ProxySettings settings;
        settings.autoConfigUrl = kScript;
        CHECK(Find(machine, settings).HasFailed());
    }
    CHECK(IsUndecided(Failure{code::kTimeout, "x"}));
    CHECK_FALSE(IsUndecided(Failure{12167, "x"}));
    CHECK_FALSE(IsUndecided(Failure{10060, "x"}));
}

TEST_CASE("proxy: a question goes through the first proxy that can be reached")
{
    RecordedMachine machine;
    HttpsProbe probe;
    probe.end = ProbeEnd::kProxyUnreachable;
    machine.Set(ProbeHttps{"h", 443, "a:1"}, probe);
    probe.end = ProbeEnd::kProxyNeedsLogin;
    machine.Set(ProbeHttps{"h", 443, "b:2"}, probe);
    ProbeHttps question{"h", 443, {}};
    CHECK(AskThrough(MachineView(machine, Wait{}), question, {"a:1", "b:2", ""})->end
        == ProbeEnd::kProxyNeedsLogin);
    CHECK(question.proxy == "b:2");
    CHECK(AskThrough(MachineView(machine, Wait{}), question, {"a:1"})->end == ProbeEnd::kProxyUnreachable);
    // What could not be asked at all is not gone round.
    CHECK(AskThrough(MachineView(machine, Wait{}), question, {"c:3", "b:2"}).HasFailed());
}

} // namespace mars::test
