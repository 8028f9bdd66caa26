// SPDX-License-Identifier: MIT
#include "asking.h"
#include "computer.h"
#include "handle.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "wide.h"

using namespace mars;
using namespace mars::test;

namespace
{

constexpr const char* kSid = "S-1-5-21-1-2-3-1002";
constexpr const wchar_t* kHive = L"S-1-5-21-1-2-3-1002";
constexpr const wchar_t* kSettings =
    L"S-1-5-21-1-2-3-1002\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

/// The settings of a user who exists in the registry only.
class UserSettings
{
public:
    ~UserSettings()
    {
        RegDeleteTreeW(HKEY_USERS, kHive);
    }

    static void Set(const std::wstring& below, const wchar_t* name, const RegistryValue& value)
    {
        UniqueKey key;
        REQUIRE(RegCreateKeyExW(HKEY_USERS, (kSettings + below).c_str(), 0, nullptr, REG_OPTION_VOLATILE,
                    KEY_ALL_ACCESS, nullptr, key.Receive(), nullptr)
            == ERROR_SUCCESS);
        REQUIRE(RegSetValueExW(key.Get(), name, 0, value.type, value.bytes.data(),
                    static_cast<DWORD>(value.bytes.size()))
            == ERROR_SUCCESS);
    }
    static void SetConnection(const Bytes& blob)
    {
        Set(L"\\Connections", L"DefaultConnectionSettings", {kRegBinary, blob});
    }
};

Bytes Blob(
    std::uint8_t flags, const std::string& server, const std::string& bypass, const std::string& script)
{
    Bytes blob{0x46, 0, 0, 0, 9, 0, 0, 0, flags, 0, 0, 0};
    for (const std::string& text : {server, bypass, script})
    {
        blob.insert(blob.end(), {static_cast<std::uint8_t>(text.size()), 0, 0, 0});
        blob.insert(blob.end(), text.begin(), text.end());
    }
    blob.resize(blob.size() + 32);
    return blob;
}

Answer<ProxySettings> AskForUser()
{
    return MakeWindowsMachine({kSid})->Ask(ReadProxySettings{ProxyOwner::kUser}, TenSeconds());
}

} // namespace

TEST_CASE("windows proxy: SYSTEM's and this user's")
{
    const ProxySettings system = Value(ReadProxySettings{ProxyOwner::kSystem});
    CHECK(system.enabled);
    CHECK(system.server.starts_with("127.0.0.1:"));
    CHECK_FALSE(system.autoDetect);
    CHECK_FALSE(system.byPolicy);
    CHECK(Value(ReadProxySettings{ProxyOwner::kUser}).server == system.server);
}

TEST_CASE("windows proxy: WinHTTP's, where there is one")
{
    CheckAbsent(ReadProxySettings{ProxyOwner::kWinHttp});
}

TEST_CASE("windows proxy: a user without settings has none")
{
    const UserSettings settings;
    CHECK(AskForUser().IsAbsent());
    settings.Set(L"", L"UserAgent", RegistryValue::String("x"));
    CHECK(AskForUser().IsAbsent());
}

TEST_CASE("windows proxy: the plain values count as long as WinINET stored nothing")
{
    const UserSettings settings;
    settings.Set(L"", L"ProxyEnable", RegistryValue::Dword(1));
    settings.Set(L"", L"ProxyServer", RegistryValue::String("plain:8080"));
    settings.Set(L"", L"ProxyOverride", RegistryValue::String("<local>"));
    const auto proxy = AskForUser();
    REQUIRE(proxy);
    CHECK(proxy->enabled);
    CHECK(proxy->server == "plain:8080");
    CHECK(proxy->bypass == "<local>");
    settings.SetConnection({0x46, 0, 0, 0});
    CHECK(AskForUser()->server == "plain:8080");
}

TEST_CASE("windows proxy: what WinINET stored counts, its flags first")
{
    const UserSettings settings;
    settings.Set(L"", L"ProxyEnable", RegistryValue::Dword(1));
    settings.Set(L"", L"ProxyServer", RegistryValue::String("plain:8080"));
    settings.SetConnection(Blob(0x1, "stored:3128", "*.local", "http://pac/"));
    CHECK_FALSE(AskForUser()->enabled);
    CHECK(AskForUser()->autoConfigUrl.empty());
    settings.SetConnection(Blob(0x1 | 0x2 | 0x4 | 0x8, "stored:3128", "*.local", "http://pac/"));
    const auto proxy = AskForUser();
    REQUIRE(proxy);
    CHECK(proxy->enabled);
    CHECK(proxy->server == "stored:3128");
    CHECK(proxy->bypass == "*.local");
    CHECK(proxy->autoConfigUrl == "http://pac/");
    CHECK(proxy->autoDetect);
}

TEST_CASE("windows proxy: lengths that lead out of the stored bytes are not followed")
{
    const UserSettings settings;
    settings.Set(L"", L"ProxyServer", RegistryValue::String("plain:8080"));
    settings.SetConnection({0x46, 0, 0, 0, 9, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 'x'});
    CHECK(AskForUser()->server == "plain:8080");
}

TEST_CASE("windows proxy: a policy makes the computer's settings count for everyone")
{
    const wchar_t* const path = L"SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    const DWORD perUser = 0;
    const DWORD enabled = 1;
    const wchar_t* const settings = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, path, L"ProxySettingsPerUser", REG_DWORD, &perUser, sizeof perUser);
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, settings, L"ProxyEnable", REG_DWORD, &enabled, sizeof enabled);
    RegSetKeyValueW(HKEY_LOCAL_MACHINE, settings, L"ProxyServer", REG_SZ, L"policy:80", 20);
    const auto proxy = Ask(ReadProxySettings{ProxyOwner::kSystem});
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, path, L"ProxySettingsPerUser");
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, settings, L"ProxyEnable");
    RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, settings, L"ProxyServer");
    REQUIRE(proxy);
    CHECK(proxy->byPolicy);
    CHECK(proxy->server == "policy:80");
}
