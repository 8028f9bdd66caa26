// SPDX-License-Identifier: MIT
#include "proxy_script.h"

#include "error.h"
#include "in_time.h"
#include "probe_parts.h"
#include "proxy_list.h"
#include "questions/proxy.h"
#include "questions/services.h"
#include "services.h"
#include "system_call.h"
#include "wide.h"

#include <winhttp.h>

namespace mars
{

namespace
{

/// A network without automatic detection answers by silence, and the probes that wait for it need the rest of
/// a check's ten seconds.
constexpr std::chrono::milliseconds kDetectLimit(5000);
/// A script's host that swallows packets is not there. Windows' own service would wait for longer than any
/// check.
constexpr std::chrono::milliseconds kHostLimit(4000);
constexpr std::chrono::milliseconds kScriptLimit(6000);
constexpr const char* kScriptService = "WinHttpAutoProxySvc";

struct WinHttp
{
    HMODULE dll = LoadSystemDll(L"winhttp.dll");
    SystemCall<decltype(WinHttpOpen)> open{dll, "WinHttpOpen"};
    SystemCall<decltype(WinHttpDetectAutoProxyConfigUrl)> detectScript{
        dll, "WinHttpDetectAutoProxyConfigUrl"};
    SystemCall<decltype(WinHttpGetProxyForUrl)> getProxyForUrl{dll, "WinHttpGetProxyForUrl"};
    SystemCall<decltype(WinHttpSetTimeouts)> setTimeouts{dll, "WinHttpSetTimeouts"};
    /// One for the life of the program: a session keeps the script that it fetched.
    HINTERNET session = nullptr;

    WinHttp()
    {
        session = open(L"mars-wizard", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0);
        const int limit = static_cast<int>(kScriptLimit.count());
        if (session != nullptr)
        {
            setTimeouts(session, limit, limit, limit, limit);
        }
    }
};

const WinHttp& Http()
{
    static const WinHttp http;
    return http;
}

struct GlobalFreer
{
    void operator()(void* memory) const
    {
        GlobalFree(memory);
    }
};

std::string TakeText(wchar_t* text)
{
    const std::unique_ptr<wchar_t, GlobalFreer> owner(text);
    return text == nullptr ? std::string() : Narrow(text);
}

/// Names before DHCP: a name server answers at once, and a network without DHCP is silent for seconds.
Answer<ProxyScript> Detect()
{
    Failure last{code::kNotSupported, "WinHttpDetectAutoProxyConfigUrl"};
    for (const DWORD way : {WINHTTP_AUTO_DETECT_TYPE_DNS_A, WINHTTP_AUTO_DETECT_TYPE_DHCP})
    {
        wchar_t* found = nullptr;
        if (Http().detectScript(way, &found))
        {
            return ProxyScript{TakeText(found)};
        }
        last = LastFailure("WinHttpDetectAutoProxyConfigUrl");
    }
    return last.code == ERROR_WINHTTP_AUTODETECTION_FAILED ? Answer<ProxyScript>(Absent{}) : last;
}

/// A script comes from the network, or from a setting that any user can write: it runs in Windows' own
/// service, which has few rights, and never in this process, which has an administrator's. Where the service
/// is switched off nothing runs it.
Answer<ProxyRoute> Find(const FindProxyForUrl& question)
{
    const WinHttp& http = Http();
    if (http.session == nullptr)
    {
        return FailureFrom(code::kNotSupported, "WinHttpOpen");
    }
    const std::wstring script = Wide(question.script);
    WINHTTP_AUTOPROXY_OPTIONS options{};
    options.fAutoLogonIfChallenged = FALSE;
    options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL | WINHTTP_AUTOPROXY_RUN_OUTPROCESS_ONLY;
    options.lpszAutoConfigUrl = script.c_str();
    WINHTTP_PROXY_INFO info{};
    if (!http.getProxyForUrl(http.session, Wide(question.url).c_str(), &options, &info))
    {
        return LastFailure("WinHttpGetProxyForUrl", question.script);
    }
    const std::string proxies = TakeText(info.lpszProxy);
    TakeText(info.lpszProxyBypass);
    return ProxyRoute{info.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY ? ParseProxyList(proxies)
                                                                           : std::vector<std::string>()};
}

Status CheckService()
{
    const auto service = AskWindows(QueryService{kScriptService}, {}, {});
    const bool isOff =
        service && service->startType == StartType::kDisabled && service->state == ServiceState::kStopped;
    return isOff ? Status(FailureFrom(ERROR_SERVICE_DISABLED, "start", kScriptService)) : Status::Done();
}

/// Whether anybody is where the script is kept. Done for what is no address of a web server.
Status ReachHost(const std::string& script, const Wait& wait)
{
    constexpr std::uint32_t kSecurePort = 443;
    const bool isSecure = StartsWithIgnoreCase(script, "https://");
    if (!isSecure && !StartsWithIgnoreCase(script, "http://"))
    {
        return Status::Done();
    }
    const HostAndPort host = ParseProxy(script, isSecure ? kSecurePort : kUsualHttpPort);
    const NetworkUse network;
    const Wait limit = Sooner(wait, kHostLimit);
    const auto addresses = ResolveHost(host, limit);
    if (!addresses)
    {
        return addresses.Error();
    }
    const auto socket = ConnectTo(*addresses, limit);
    return socket ? Status::Done() : Status(socket.Error());
}

} // namespace

Answer<ProxyScript> AskWindows(const DetectProxyScript&, const WindowsMachineOptions&, const Wait& wait)
{
    const auto found = InTime(Detect, Sooner(wait, kDetectLimit));
    if (found)
    {
        return *found;
    }
    return wait.IsOver() ? Answer<ProxyScript>(wait.WhyOver("WinHttpDetectAutoProxyConfigUrl")) : Absent{};
}

Answer<ProxyRoute> AskWindows(const FindProxyForUrl& question, const WindowsMachineOptions&, const Wait& wait)
{
    if (question.script.empty())
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "WinHttpGetProxyForUrl");
    }
    if (const Status service = CheckService(); !service)
    {
        return service.Error();
    }
    if (const Status reached = ReachHost(question.script, wait); !reached)
    {
        return wait.IsOver() ? wait.WhyOver("connect to " + question.script) : reached.Error();
    }
    const Wait limit = Sooner(wait, kScriptLimit);
    const auto found = InTime([question] { return Find(question); }, limit);
    return found ? *found : Answer<ProxyRoute>(limit.WhyOver("WinHttpGetProxyForUrl " + question.script));
}

} // namespace mars
