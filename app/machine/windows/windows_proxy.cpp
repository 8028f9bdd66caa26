// SPDX-License-Identifier: MIT
#include "windows_proxy.h"

#include "error.h"
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

/// The part of "DefaultConnectionSettings" that WinINET goes by: version, counter, flags, then proxy,
/// exceptions and script, each as a length and so many bytes.
struct ConnectionSettings
{
    static constexpr std::uint32_t kUseProxy = 0x2;
    static constexpr std::uint32_t kUseScript = 0x4;
    static constexpr std::uint32_t kDetect = 0x8;

    std::uint32_t flags = 0;
    std::string server;
    std::string bypass;
    std::string script;
};

class BlobReader
{
public:
    explicit BlobReader(const Bytes& bytes) : m_bytes(bytes) {}

    bool Failed() const
    {
        return m_failed;
    }

    std::uint32_t Number()
    {
        std::uint32_t number = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            number |= static_cast<std::uint32_t>(Byte()) << shift;
        }
        return number;
    }

    /// In the code page of the computer; names of hosts are ASCII.
    std::string Text()
    {
        std::string text;
        for (std::uint32_t left = Number(); left != 0 && !m_failed; --left)
        {
            text += static_cast<char>(Byte());
        }
        return ToValidUtf8(text);
    }

private:
    std::uint8_t Byte()
    {
        m_failed = m_failed || m_at == m_bytes.size();
        return m_failed ? 0 : m_bytes[m_at++];
    }

    const Bytes& m_bytes;
    std::size_t m_at = 0;
    bool m_failed = false;
};

std::optional<ConnectionSettings> ParseConnectionSettings(const Bytes& bytes)
{
    BlobReader reader(bytes);
    reader.Number();
    reader.Number();
    ConnectionSettings settings;
    settings.flags = reader.Number();
    settings.server = reader.Text();
    settings.bypass = reader.Text();
    settings.script = reader.Text();
    return reader.Failed() ? std::nullopt : std::optional(settings);
}

ProxySettings FromConnection(const ConnectionSettings& settings)
{
    ProxySettings proxy;
    proxy.enabled = (settings.flags & ConnectionSettings::kUseProxy) != 0;
    proxy.server = settings.server;
    proxy.bypass = settings.bypass;
    proxy.autoConfigUrl = (settings.flags & ConnectionSettings::kUseScript) != 0 ? settings.script : "";
    proxy.autoDetect = (settings.flags & ConnectionSettings::kDetect) != 0;
    return proxy;
}

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
    return settings ? FromConnection(*settings) : FromValues(key);
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
