// SPDX-License-Identifier: MIT
#include "proxy_script.h"

#include "background_thread.h"
#include "error.h"
#include "network.h"
#include "system_call.h"
#include "wide.h"

#include <winhttp.h>

#include <condition_variable>
#include <mutex>

namespace mars
{

namespace
{

/// A network without automatic detection answers by silence.
constexpr std::chrono::milliseconds kDetectLimit(3000);
constexpr std::chrono::milliseconds kScriptLimit(6000);
constexpr std::chrono::milliseconds kSlice(50);

struct WinHttp
{
    HMODULE dll = LoadSystemDll(L"winhttp.dll");
    SystemCall<decltype(WinHttpOpen)> open{dll, "WinHttpOpen"};
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

/// "a:80;b:80" or "a:80 b:80".
std::vector<std::string> ProxiesIn(std::string text)
{
    for (char& c : text)
    {
        c = c == ' ' ? ';' : c;
    }
    std::vector<std::string> proxies = Split(text, ';');
    std::erase(proxies, std::string());
    return proxies;
}

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
    if (question.script.empty())
    {
        options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
        options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
    }
    else
    {
        options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
        options.lpszAutoConfigUrl = script.c_str();
    }
    WINHTTP_PROXY_INFO info{};
    if (!http.getProxyForUrl(http.session, Wide(question.url).c_str(), &options, &info))
    {
        const Failure failure = LastFailure("WinHttpGetProxyForUrl", question.script);
        const bool isNone = question.script.empty() && failure.code == ERROR_WINHTTP_AUTODETECTION_FAILED;
        return isNone ? Answer<ProxyRoute>(Absent{}) : failure;
    }
    const std::string proxies = TakeText(info.lpszProxy);
    TakeText(info.lpszProxyBypass);
    return ProxyRoute{info.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY ? ProxiesIn(proxies)
                                                                           : std::vector<std::string>()};
}

/// Shared with the thread that asks, which nothing can interrupt and which may outlive the answer.
struct Search
{
    std::mutex mutex;
    std::condition_variable finished;
    std::optional<Answer<ProxyRoute>> answer;
};

} // namespace

Answer<ProxyRoute> AskWindows(const FindProxyForUrl& question, const WindowsMachineOptions&, const Wait& wait)
{
    const auto search = std::make_shared<Search>();
    RunInBackground([search, question] {
        Answer<ProxyRoute> answer = Find(question);
        const std::lock_guard lock(search->mutex);
        search->answer = std::move(answer);
        search->finished.notify_all();
    });
    const Wait limit = Sooner(wait, question.script.empty() ? kDetectLimit : kScriptLimit);
    std::unique_lock lock(search->mutex);
    while (!search->answer && !limit.IsOver())
    {
        search->finished.wait_for(lock, kSlice);
    }
    if (search->answer)
    {
        return *search->answer;
    }
    if (question.script.empty() && !wait.IsOver())
    {
        return Absent{};
    }
    return limit.WhyOver("WinHttpGetProxyForUrl " + question.script);
}

} // namespace mars
