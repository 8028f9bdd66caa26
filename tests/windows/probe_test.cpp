// SPDX-License-Identifier: MIT
#include "asking.h"
#include "certificate_calls.h"
#include "file_time.h"
#include "listener.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "unix_shell.h"
#include "wide.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

using namespace mars;
using namespace mars::test;

namespace
{

/// The proxy of the demonstration server.
std::string Proxy()
{
    return Value(ReadProxySettings{ProxyOwner::kSystem}).server;
}

/// How the proxy treats hosts for the life of this object; see tests/demo/proxy.py.
class ProxyRules
{
public:
    explicit ProxyRules(const std::string& rules) : m_path(PathOfRules())
    {
        std::ofstream(m_path, std::ios::binary) << rules;
    }
    ~ProxyRules()
    {
        std::ofstream(m_path, std::ios::binary | std::ios::trunc);
    }
    ProxyRules(const ProxyRules&) = delete;
    ProxyRules& operator=(const ProxyRules&) = delete;

private:
    /// <prefix>/dosdevices/c: is the drive, <prefix>/server/proxy.rules the file.
    static std::string PathOfRules()
    {
        const std::string drive = UnixPath(L"C:\\");
        return "Z:" + drive.substr(0, drive.find("/dosdevices")) + "/server/proxy.rules";
    }

    std::string m_path;
};

HttpsProbe Probe(const std::string& host, const std::string& proxy)
{
    return Value(ProbeHttps{host, 443, proxy});
}

/// Reads what the probe says and answers with `answer`, or says nothing and closes.
HttpsProbe ProbeAgainst(const std::string& answer, bool asProxy, std::string* said = nullptr)
{
    Listener listener;
    std::jthread server([&] {
        const UniqueSocket connection = listener.Accept();
        char buffer[4096];
        const int size = recv(connection.Get(), buffer, sizeof buffer, 0);
        if (said != nullptr)
        {
            said->assign(buffer, static_cast<std::size_t>(std::max(size, 0)));
        }
        send(connection.Get(), answer.data(), static_cast<int>(answer.size()), 0);
        shutdown(connection.Get(), SD_SEND);
        while (recv(connection.Get(), buffer, sizeof buffer, 0) > 0)
        {}
    });
    const std::string local = "127.0.0.1:" + std::to_string(listener.Port());
    HttpsProbe probe =
        asProxy ? Probe("some.host", local) : Value(ProbeHttps{"127.0.0.1", listener.Port(), ""});
    server.join();
    return probe;
}

/// The folder of the demonstration server's test authorities, seen from Windows.
std::wstring CertificatesFolder()
{
    const std::string drive = UnixPath(L"C:\\");
    return Wide("Z:" + drive.substr(0, drive.find("/dosdevices")) + "/server/certificates");
}

/// Trusts the unknown authority for the user who runs this, for the life of this object, as somebody does who
/// opens a certificate and chooses Install.
class TrustedByUser
{
public:
    TrustedByUser()
    {
        const std::wstring folder = CertificatesFolder() + L"\\untrusted";
        Shell(folder, "openssl x509 -in authority.pem -outform DER -out authority.der");
        std::ifstream file(std::filesystem::path(folder + L"\\authority.der"), std::ios::binary);
        const std::string der{std::istreambuf_iterator<char>(file), {}};
        constexpr DWORD kCurrentUser = CERT_SYSTEM_STORE_CURRENT_USER;
        m_store =
            UniqueStore(Crypt().openStore(CERT_STORE_PROV_SYSTEM_REGISTRY_W, 0, 0, kCurrentUser, L"Root"));
        REQUIRE(m_store);
        const SystemCall<decltype(CertAddEncodedCertificateToStore)> add(
            Crypt().dll, "CertAddEncodedCertificateToStore");
        REQUIRE(add(m_store.Get(), X509_ASN_ENCODING, reinterpret_cast<const BYTE*>(der.data()),
            static_cast<DWORD>(der.size()), CERT_STORE_ADD_REPLACE_EXISTING, m_certificate.Receive()));
    }
    ~TrustedByUser()
    {
        const SystemCall<decltype(CertDeleteCertificateFromStore)> remove(
            Crypt().dll, "CertDeleteCertificateFromStore");
        remove(m_certificate.Release());
    }
    TrustedByUser(const TrustedByUser&) = delete;
    TrustedByUser& operator=(const TrustedByUser&) = delete;

private:
    UniqueStore m_store;
    UniqueContext m_certificate;
};

} // namespace

TEST_CASE("windows probe: an answer through the proxy, with status, date and issuer")
{
    const HttpsProbe probe = Probe("login.microsoftonline.com", Proxy());
    CHECK(probe.end == ProbeEnd::kAnswered);
    CHECK(probe.httpStatus == 200);
    CHECK(probe.code == 0);
    CHECK(probe.certificateIssuer == "CN=MARS Wizard Test Authority");
    REQUIRE(probe.serverDate);
    CHECK(*probe.serverDate >= Now() - std::chrono::minutes(1));
    CHECK(*probe.serverDate <= Now() + std::chrono::minutes(1));
}

TEST_CASE("windows probe: a refusal by the far end is an answer")
{
    const HttpsProbe probe = Probe("weupod01ecs01.blob.core.windows.net", "http://" + Proxy() + "/");
    CHECK(probe.end == ProbeEnd::kAnswered);
    CHECK(probe.httpStatus == 403);
}

TEST_CASE("windows probe: a proxy that wants a login, and one that refuses")
{
    const ProxyRules rules("login.windows.net 407\nmanagement.azure.com 502\n");
    const HttpsProbe login = Probe("login.windows.net", Proxy());
    CHECK(login.end == ProbeEnd::kProxyNeedsLogin);
    CHECK(login.httpStatus == 407);
    const HttpsProbe refused = Probe("management.azure.com", Proxy());
    CHECK(refused.end == ProbeEnd::kProxyRefused);
    CHECK(refused.httpStatus == 502);
}

TEST_CASE("windows probe: a certificate that this computer does not trust names its issuer")
{
    const ProxyRules rules("login.windows.net untrusted\n");
    const HttpsProbe probe = Probe("login.windows.net", Proxy());
    CHECK(probe.end == ProbeEnd::kNotTrusted);
    CHECK(probe.certificateIssuer == "CN=Unknown Authority");
    // CERT_E_UNTRUSTEDROOT or CERT_E_CHAINING.
    CHECK((probe.code == 0x800B0109 || probe.code == 0x800B010A));
}

TEST_CASE("windows probe: an authority that only this user trusts does not count, the agent is SYSTEM")
{
    const TrustedByUser user;
    const ProxyRules rules("login.windows.net untrusted\n");
    const HttpsProbe probe = Probe("login.windows.net", Proxy());
    CHECK(probe.end == ProbeEnd::kNotTrusted);
    CHECK(probe.rootKind == RootKind::kUntrusted);
}

TEST_CASE("windows probe: a trusted certificate is not looked for on the network")
{
    CHECK(Probe("login.microsoftonline.com", Proxy()).trustLookup == TrustLookup::kNotNeeded);
}

/// This user's programs go to the network without the demonstration server's proxy, which answers everything.
class WithoutUsersProxy
{
public:
    WithoutUsersProxy()
    {
        DWORD size = sizeof m_enabled;
        RegGetValueW(HKEY_CURRENT_USER, kKey, L"ProxyEnable", RRF_RT_REG_DWORD, nullptr, &m_enabled, &size);
        Set(0);
    }
    ~WithoutUsersProxy()
    {
        Set(m_enabled);
    }
    WithoutUsersProxy(const WithoutUsersProxy&) = delete;
    WithoutUsersProxy& operator=(const WithoutUsersProxy&) = delete;

private:
    static constexpr const wchar_t* kKey = L"Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

    static void Set(DWORD enabled)
    {
        RegSetKeyValueW(HKEY_CURRENT_USER, kKey, L"ProxyEnable", REG_DWORD, &enabled, sizeof enabled);
    }
    DWORD m_enabled = 0;
};

TEST_CASE("windows probe: a certificate that nobody hands out is waited for at most three seconds")
{
    const WithoutUsersProxy direct;
    // Takes connections and never answers; so does the place where Windows keeps its list of roots.
    Listener nobody;
    const std::string port = std::to_string(nobody.Port());
    const wchar_t* const update = L"SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\AutoUpdate";
    const std::wstring address = Wide("http://127.0.0.1:" + port);
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, update, L"RootDirUrl", REG_SZ, address.c_str(),
        static_cast<DWORD>((address.size() + 1) * sizeof(wchar_t)));
    const ProxyRules rules("login.windows.net fetch:" + port + "\n");
    const auto start = std::chrono::steady_clock::now();
    const HttpsProbe probe = Probe("login.windows.net", Proxy());
    const auto spent = std::chrono::steady_clock::now() - start;
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, update, L"RootDirUrl");
    CHECK(probe.end == ProbeEnd::kNotTrusted);
    CHECK(probe.certificateIssuer == "CN=Unknown Authority");
    CHECK(probe.trustLookup == TrustLookup::kCutOff);
    CHECK(spent < std::chrono::seconds(5));
}

TEST_CASE("windows probe: the proxy is told who asks")
{
    std::string said;
    ProbeAgainst("HTTP/1.1 403 Forbidden\r\n\r\n", true, &said);
    CHECK(said.starts_with("CONNECT some.host:443 HTTP/1.1\r\n"));
    CHECK(said.find("\r\nUser-Agent: mars-wizard\r\n") != std::string::npos);
}

TEST_CASE("windows probe: TLS 1.0 is not enough")
{
    const ProxyRules rules("login.windows.net tls10\n");
    const HttpsProbe probe = Probe("login.windows.net", Proxy());
    CHECK(probe.end == ProbeEnd::kTlsFailed);
    CHECK(probe.code != 0);
}

TEST_CASE("windows probe: a broken connection, and one without an answer")
{
    const ProxyRules rules("login.windows.net reset\nmanagement.azure.com hang\n");
    CHECK(Probe("login.windows.net", Proxy()).end == ProbeEnd::kReset);
    const auto start = std::chrono::steady_clock::now();
    const auto probe =
        Ask(ProbeHttps{"management.azure.com", 443, Proxy()}, Wait{start + std::chrono::seconds(2), {}});
    REQUIRE(probe);
    CHECK(probe->end == ProbeEnd::kTimedOut);
    CHECK(probe->milliseconds >= 1500);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
}

TEST_CASE("windows probe: a stop is heard within a second")
{
    const ProxyRules rules("management.azure.com hang\n");
    std::stop_source source;
    std::jthread stopper([&] {
        Sleep(300);
        source.request_stop();
    });
    const auto start = std::chrono::steady_clock::now();
    CheckFailed(ProbeHttps{"management.azure.com", 443, Proxy()}, code::kCancelled,
        Wait{start + std::chrono::seconds(10), source.get_token()});
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1300));
}

TEST_CASE("windows probe: a name that nobody knows")
{
    const HttpsProbe direct = Probe("no-such-host.invalid", "");
    CHECK(direct.end == ProbeEnd::kNameNotResolved);
    CHECK(direct.code >= 11001);
    const HttpsProbe proxied = Probe("login.microsoftonline.com", "no-such-proxy.invalid:8080");
    CHECK(proxied.end == ProbeEnd::kProxyUnreachable);
}

TEST_CASE("windows probe: a port where nobody listens")
{
    Listener listener;
    const std::uint32_t port = listener.Port();
    listener.Close();
    const HttpsProbe direct = Value(ProbeHttps{"127.0.0.1", port, ""});
    CHECK(direct.end == ProbeEnd::kRefused);
    CHECK(direct.code == WSAECONNREFUSED);
    CHECK(Probe("some.host", "127.0.0.1:" + std::to_string(port)).end == ProbeEnd::kProxyUnreachable);
}

TEST_CASE("windows probe: a far end that does not speak TLS, and one that closes")
{
    CHECK(ProbeAgainst("SSH-2.0-OpenSSH\r\n", false).end == ProbeEnd::kTlsFailed);
    // As firewalls do that read the name of the host and do not like it.
    const HttpsProbe closed = ProbeAgainst("", false);
    CHECK(closed.end == ProbeEnd::kReset);
    CHECK(closed.code == WSAEDISCON);
}

TEST_CASE("windows probe: a proxy that talks nonsense, and one that closes")
{
    CHECK(ProbeAgainst("SSH-2.0-OpenSSH\r\n\r\n", true).end == ProbeEnd::kProxyUnreachable);
    const HttpsProbe closed = ProbeAgainst("", true);
    CHECK(closed.end == ProbeEnd::kReset);
    CHECK(closed.code == WSAEDISCON);
    CHECK(ProbeAgainst(std::string(100'000, 'x'), true).end == ProbeEnd::kProxyUnreachable);
}

TEST_CASE("windows probe: what is no host is not asked")
{
    for (const char* host : {"", "a b", "a\r\nX: y", "user@host"})
    {
        CheckFailed(ProbeHttps{host, 443, ""}, ERROR_INVALID_PARAMETER);
    }
    CheckFailed(ProbeHttps{"localhost", 0, ""}, ERROR_INVALID_PARAMETER);
    CheckFailed(ProbeHttps{"localhost", 70'000, ""}, ERROR_INVALID_PARAMETER);
}
