// SPDX-License-Identifier: MIT
#include "windows_proxy.h"

#include "connection_settings.h"
#include "error.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "registry.h"
#include "registry_key.h"
#include "system_call.h"
#include "wide.h"

#include <winhttp.h>

namespace mars
{

namespace
{

constexpr const char* kSettings = "\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
constexpr const char* kPolicy =
    "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

// ---- WinINET's settings of one hive

Answer<std::optional<RegistryValue>> ReadValue(const std::string& key, const std::string& name)
{
    const Answer<RegistryValue> value = AskWindows(ReadRegistryValue{{key, name}}, {}, {});
    if (value.HasFailed())
    {
        return value.Error();
    }
    return value ? std::optional(*value) : std::nullopt;
}

/// The plain values, which count as long as WinINET has not stored its own settings yet. Absent: there are
/// none.
Answer<ProxySettings> FromValues(const std::string& key)
{
    const auto enabled = RegistryNumber(key, "ProxyEnable");
    const auto server = RegistryText(key, "ProxyServer");
    const auto script = RegistryText(key, "AutoConfigURL");
    if (!enabled && !server && !script)
    {
        return Absent{};
    }
    ProxySettings proxy;
    proxy.enabled = enabled.value_or(0) != 0;
    proxy.server = server.value_or("");
    proxy.bypass = RegistryText(key, "ProxyOverride").value_or("");
    proxy.autoConfigUrl = script.value_or("");
    return proxy;
}

Answer<ProxySettings> ReadHive(const std::string& hive)
{
    const std::string key = hive + kSettings;
    const auto stored = ReadValue(key + "\\Connections", "DefaultConnectionSettings");
    if (!stored)
    {
        return stored.Error();
    }
    const auto settings = *stored ? ParseConnectionSettings((*stored)->bytes) : std::nullopt;
    return settings ? Answer<ProxySettings>(*settings) : FromValues(key);
}

Answer<ProxySettings> ReadWinInet(const std::string& sid)
{
    const bool machineWide = RegistryNumber(kPolicy, "ProxySettingsPerUser") == 0U;
    Answer<ProxySettings> proxy = ReadHive(machineWide ? std::string("HKLM") : "HKU\\" + sid);
    if (proxy)
    {
        proxy->byPolicy = machineWide;
    }
    return proxy;
}

// ---- WinHTTP's settings

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

Answer<ProxySettings> ReadWinHttp()
{
    const SystemCall<decltype(WinHttpGetDefaultProxyConfiguration)> getDefault(
        LoadSystemDll(L"winhttp.dll"), "WinHttpGetDefaultProxyConfiguration");
    WINHTTP_PROXY_INFO info{};
    if (!getDefault(&info))
    {
        return LastFailure("WinHttpGetDefaultProxyConfiguration");
    }
    ProxySettings proxy;
    proxy.server = TakeText(info.lpszProxy);
    proxy.bypass = TakeText(info.lpszProxyBypass);
    proxy.enabled = info.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY;
    return proxy.enabled ? Answer<ProxySettings>(proxy) : Absent{};
}

} // namespace

Answer<ProxySettings> AskWindows(
    const ReadProxySettings& question, const WindowsMachineOptions& options, const Wait&)
{
    switch (question.owner)
    {
    case ProxyOwner::kSystem:
        return ReadWinInet("S-1-5-18");
    case ProxyOwner::kUser:
        return ReadWinInet(options.evidenceSid);
    case ProxyOwner::kWinHttp:
        return ReadWinHttp();
    }
    return FailureFrom(ERROR_INVALID_PARAMETER, "owner of the proxy settings");
}

} // namespace mars
