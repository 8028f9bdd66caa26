// SPDX-License-Identifier: MIT
#include "asking.h"
#include "computer.h"
#include "listener.h"
#include "questions/certificates.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/network.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "unix_shell.h"
#include "wide.h"

#include <algorithm>
#include <fstream>
#include <thread>

using namespace mars;
using namespace mars::test;

namespace
{

/// Where nobody listens any more.
std::uint16_t FreePort()
{
    return Listener{}.Port();
}

/// Debian's tinyproxy, which wants a login that nobody gives.
class ProxyWithLogin
{
public:
    ProxyWithLogin() : m_port(FreePort())
    {
        const std::string folder = UnixPath(m_folder.Path());
        std::ofstream(Narrow(m_folder.Path()) + "\\tinyproxy.conf", std::ios::binary)
            << "Port " << m_port
            << "\nListen 127.0.0.1\nTimeout 20\nAllow 127.0.0.1\nBasicAuth maria secret\n"
            << "ConnectPort 443\nLogFile \"" << folder << "/log\"\nPidFile \"" << folder << "/pid\"\n";
        Shell(m_folder.Path(), "tinyproxy -c tinyproxy.conf");
    }
    ~ProxyWithLogin()
    {
        Shell(m_folder.Path(), "kill $(cat pid)");
    }
    ProxyWithLogin(const ProxyWithLogin&) = delete;
    ProxyWithLogin& operator=(const ProxyWithLogin&) = delete;

    std::string Address() const
    {
        return "127.0.0.1:" + std::to_string(m_port);
    }

private:
    ScratchFolder m_folder;
    std::uint16_t m_port;
};

/// A loopback port whose queue is full, so that the system drops what comes for it, as a firewall does.
class FullListener
{
public:
    FullListener()
    {
        // Until one is not taken any more.
        constexpr std::size_t kMost = 64;
        while (m_waiting.size() < kMost)
        {
            auto connected = ConnectTo({m_listener.Address()},
                Wait{std::chrono::steady_clock::now() + std::chrono::milliseconds(300), {}});
            if (!connected)
            {
                break;
            }
            m_waiting.push_back(std::move(*connected));
        }
        REQUIRE(m_waiting.size() < kMost);
    }

    std::uint32_t Port() const
    {
        return m_listener.Port();
    }

private:
    Listener m_listener{1};
    std::vector<UniqueSocket> m_waiting;
};

/// A service of this name that is switched off, for the life of this object.
class DisabledService
{
public:
    explicit DisabledService(const wchar_t* name)
    {
        const UniqueService manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CREATE_SERVICE));
        m_service = UniqueService(CreateServiceW(manager.Get(), name, name, SERVICE_ALL_ACCESS,
            SERVICE_WIN32_OWN_PROCESS, SERVICE_DISABLED, SERVICE_ERROR_NORMAL, L"C:\\none.exe", nullptr,
            nullptr, nullptr, nullptr, nullptr));
        REQUIRE(m_service);
    }
    ~DisabledService()
    {
        DeleteService(m_service.Get());
    }
    DisabledService(const DisabledService&) = delete;
    DisabledService& operator=(const DisabledService&) = delete;

private:
    UniqueService m_service;
};

bool IsSha1(const std::string& text)
{
    return text.size() == 40 && FromHex(text).has_value();
}

} // namespace

TEST_CASE("windows names: a name that is known, and one that nobody knows")
{
    const NameResolution known = Value(ResolveName{"localhost"});
    CHECK(known.code == 0);
    CHECK(std::ranges::find(known.addresses, "127.0.0.1") != known.addresses.end());
    const NameResolution unknown = Value(ResolveName{"no-such-host.invalid"});
    CHECK(unknown.addresses.empty());
    CHECK(unknown.code >= 11001);
    CHECK(unknown.code <= 11004);
    CHECK(Value(ResolveName{"192.0.2.7"}).addresses == std::vector<std::string>{"192.0.2.7"});
    CheckFailed(ResolveName{"a b"}, ERROR_INVALID_PARAMETER);
    CheckFailed(ResolveName{""}, ERROR_INVALID_PARAMETER);
}

TEST_CASE("windows names: a stop is heard within a second")
{
    std::stop_source source;
    source.request_stop();
    CheckFailed(ResolveName{"localhost"}, code::kCancelled,
        Wait{std::chrono::steady_clock::now() + std::chrono::seconds(10), source.get_token()});
}

TEST_CASE("windows adapters: each has a name, loopback is none")
{
    for (const NetworkAdapter& adapter : Value(ListNetworkAdapters{}).adapters)
    {
        CHECK_FALSE(adapter.name.empty());
        CHECK(std::ranges::find(adapter.addresses, "127.0.0.1") == adapter.addresses.end());
    }
}

TEST_CASE("windows firewall: three profiles, and no rule that lets out what nothing blocks")
{
    const FirewallState firewall = Value(ReadFirewall{});
    CHECK(firewall.profiles.size() == 3);
    CHECK(std::ranges::count_if(firewall.profiles, [](const auto& profile) { return profile.active; }) == 1);
    CHECK(firewall.rules.empty());
}

TEST_CASE("windows certificates: those that are looked for and there, by store")
{
    const CertificateList roots = Value(ListCertificates{"AuthRoot"});
    REQUIRE(roots.certificates.size() == 1);
    const std::string authority = roots.certificates[0].thumbprint;
    const std::string none(40, '0');
    CHECK(Value(FindCertificates{"AuthRoot", {none, authority, "x"}}).present
        == std::vector<std::string>{authority});
    CHECK(Value(FindCertificates{"Root", {authority}}).present == std::vector<std::string>{authority});
    CHECK(Value(FindCertificates{"My", {authority}}).present.empty());
    CheckAbsent(FindCertificates{"NoSuchStore", {authority}});
}

TEST_CASE("windows folders: who may make files in the temporary folders")
{
    const std::string own = Value(FindFolder{KnownFolder::kUserTemp}).path;
    CHECK_FALSE(own.ends_with('\\'));
    CHECK(Value(ReadFileInfo{own}).IsDirectory());
    CHECK(Value(ReadFolderAccess{own}).userMayAdd);
    CheckAbsent(ReadFolderAccess{own + "\\no-such-folder"});
    const ScratchFolder folder;
    // The last letter is for everybody else; the owner may always.
    Shell(folder.Path(), "chmod 500 .");
    CHECK_FALSE(Value(ReadFolderAccess{Narrow(folder.Path())}).userMayAdd);
    Shell(folder.Base(), "chmod 700 Temp");
    CHECK(Value(ReadFolderAccess{Narrow(folder.Path())}).userMayAdd);
}

TEST_CASE("windows probe: the root of a chain, and who vouches for it")
{
    const std::string proxy = Value(ReadProxySettings{ProxyOwner::kSystem}).server;
    const HttpsProbe probe = Value(ProbeHttps{"login.microsoftonline.com", 443, proxy});
    CHECK(probe.rootSubject == "CN=MARS Wizard Test Authority");
    CHECK(IsSha1(probe.rootThumbprint));
    CHECK(probe.rootKind == RootKind::kPublic);
}

TEST_CASE("windows probe: a real proxy that wants a login")
{
    const ProxyWithLogin proxy;
    const HttpsProbe probe = Value(ProbeHttps{"login.microsoftonline.com", 443, proxy.Address()});
    CHECK(probe.end == ProbeEnd::kProxyNeedsLogin);
    CHECK(probe.httpStatus == 407);
    ProbeHttp plain;
    plain.host = "www.msftncsi.com";
    plain.proxy = proxy.Address();
    const HttpProbe http = Value(plain);
    CHECK((http.end == ProbeEnd::kProxyNeedsLogin || http.httpStatus == 407));
}

TEST_CASE("windows proxy script: it is fetched and run, and decides host by host")
{
    const std::string server = Value(ReadProxySettings{ProxyOwner::kSystem}).server;
    const std::string script = "http://" + server + "/proxy.pac";
    CHECK(Value(FindProxyForUrl{"https://login.microsoftonline.com/", script}).proxies
        == std::vector<std::string>{"127.0.0.1:8080"});
    CHECK(Value(FindProxyForUrl{"https://login.windows.net/", script}).proxies.empty());
    CHECK(Ask(FindProxyForUrl{"https://login.windows.net/", "http://" + server + "/none.pac"}).HasFailed());
}

TEST_CASE("windows proxy script: one that cannot be fetched fails, and says so in time")
{
    const auto start = std::chrono::steady_clock::now();
    const std::string script = "http://127.0.0.1:" + std::to_string(FreePort()) + "/wpad.dat";
    const auto route = Ask(FindProxyForUrl{"https://login.microsoftonline.com/", script});
    CHECK(route.HasFailed());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(8));
}

TEST_CASE("windows proxy script: a host that swallows packets is found silent before a check's time is over")
{
    const FullListener nobody;
    const auto start = std::chrono::steady_clock::now();
    const std::string script = "http://127.0.0.1:" + std::to_string(nobody.Port()) + "/wpad.dat";
    CheckFailed(FindProxyForUrl{"https://login.microsoftonline.com/", script}, WSAETIMEDOUT);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(6));
}

TEST_CASE("windows proxy script: where the service that runs scripts is switched off, none is run here")
{
    const std::string server = Value(ReadProxySettings{ProxyOwner::kSystem}).server;
    const DisabledService service(L"WinHttpAutoProxySvc");
    CheckFailed(FindProxyForUrl{"https://login.microsoftonline.com/", "http://" + server + "/proxy.pac"},
        ERROR_SERVICE_DISABLED);
}

TEST_CASE("windows proxy script: an address that is none is not asked")
{
    CheckFailed(FindProxyForUrl{"https://login.microsoftonline.com/", ""}, ERROR_INVALID_PARAMETER);
}

TEST_CASE("windows proxy script: a network without automatic detection has no script")
{
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(Ask(DetectProxyScript{}).HasValue());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(7));
}
