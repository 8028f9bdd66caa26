// SPDX-License-Identifier: MIT
#include "computer.h"

#include "error.h"
#include "file_time.h"
#include "questions/computer.h"
#include "registry_key.h"
#include "sid_text.h"
#include "system_call.h"
#include "wide.h"

#include <ntsecapi.h>

namespace mars
{

namespace
{

constexpr const char* kCurrentVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

UniqueHandle OpenOwnToken()
{
    UniqueHandle token;
    OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.Receive());
    return token;
}

/// What the token says, a structure that refers into the same memory; empty when it cannot be read.
std::vector<std::max_align_t> ReadToken(HANDLE token, TOKEN_INFORMATION_CLASS what)
{
    DWORD size = 0;
    GetTokenInformation(token, what, nullptr, 0, &size);
    std::vector<std::max_align_t> buffer(size / sizeof(std::max_align_t) + 1);
    if (!GetTokenInformation(token, what, buffer.data(), size, &size))
    {
        buffer.clear();
    }
    return buffer;
}

std::vector<std::max_align_t> ReadTokenUser(HANDLE token)
{
    return ReadToken(token, TokenUser);
}

PSID SidIn(const std::vector<std::max_align_t>& tokenUser)
{
    return tokenUser.empty() ? nullptr : reinterpret_cast<const TOKEN_USER*>(tokenUser.data())->User.Sid;
}

std::string AccountName(PSID sid)
{
    wchar_t name[257];
    wchar_t domain[257];
    DWORD nameSize = 257;
    DWORD domainSize = 257;
    SID_NAME_USE use{};
    const bool found =
        sid != nullptr && LookupAccountSidW(nullptr, sid, name, &nameSize, domain, &domainSize, &use);
    return found ? Narrow(name) : std::string();
}

std::vector<TokenGroup> GroupsOf(HANDLE token)
{
    const std::vector<std::max_align_t> read = ReadToken(token, TokenGroups);
    std::vector<TokenGroup> groups;
    if (!read.empty())
    {
        const auto* list = reinterpret_cast<const TOKEN_GROUPS*>(read.data());
        for (DWORD i = 0; i < list->GroupCount; ++i)
        {
            const SID_AND_ATTRIBUTES& group = list->Groups[i];
            groups.push_back({SidText(group.Sid), (group.Attributes & SE_GROUP_ENABLED) != 0,
                (group.Attributes & SE_GROUP_USE_FOR_DENY_ONLY) != 0});
        }
    }
    return groups;
}

bool IsElevatedToken(HANDLE token)
{
    TOKEN_ELEVATION elevation{};
    DWORD size = sizeof elevation;
    return GetTokenInformation(token, TokenElevation, &elevation, size, &size)
        && elevation.TokenIsElevated != 0;
}

bool IsSystem(HANDLE token)
{
    const std::vector<std::max_align_t> user = ReadTokenUser(token);
    return !user.empty() && IsWellKnownSid(SidIn(user), WinLocalSystemSid) != 0;
}

bool IsElevated(HANDLE token)
{
    return HasAdministratorRights(IsElevatedToken(token), IsSystem(token), GroupsOf(token));
}

std::string ComputerName(COMPUTER_NAME_FORMAT format)
{
    DWORD size = 0;
    GetComputerNameExW(format, nullptr, &size);
    std::wstring name(size, L'\0');
    if (!GetComputerNameExW(format, name.data(), &size))
    {
        return {};
    }
    name.resize(size);
    return Narrow(name);
}

struct PolicyCloser
{
    static void Close(LSA_HANDLE policy)
    {
        LsaClose(policy);
    }
};
struct LsaFreer
{
    void operator()(void* memory) const
    {
        LsaFreeMemory(memory);
    }
};

std::string TextOf(const LSA_UNICODE_STRING& text)
{
    return text.Buffer == nullptr ? std::string() : Narrow({text.Buffer, text.Length / sizeof(wchar_t)});
}

/// The domain that this computer is a member of; a workgroup has no SID. The DNS suffix says nothing about
/// that.
std::string MemberDomain()
{
    LSA_OBJECT_ATTRIBUTES attributes{};
    Unique<LSA_HANDLE, PolicyCloser> policy;
    void* memory = nullptr;
    if (LsaOpenPolicy(nullptr, &attributes, POLICY_VIEW_LOCAL_INFORMATION, policy.Receive()) != 0
        || LsaQueryInformationPolicy(policy.Get(), PolicyDnsDomainInformation, &memory) != 0
        || memory == nullptr)
    {
        return {};
    }
    const std::unique_ptr<POLICY_DNS_DOMAIN_INFO, LsaFreer> info(
        static_cast<POLICY_DNS_DOMAIN_INFO*>(memory));
    if (info->Sid == nullptr)
    {
        return {};
    }
    const std::string dns = TextOf(info->DnsDomainName);
    return dns.empty() ? TextOf(info->Name) : dns;
}

std::int32_t UtcOffsetMinutes()
{
    TIME_ZONE_INFORMATION zone{};
    const DWORD season = GetTimeZoneInformation(&zone);
    const LONG extra = season == TIME_ZONE_ID_DAYLIGHT ? zone.DaylightBias
        : season == TIME_ZONE_ID_STANDARD              ? zone.StandardBias
                                                       : 0;
    return static_cast<std::int32_t>(-(zone.Bias + extra));
}

/// GetVersionEx answers with what the manifest names; this one does not.
bool ReadKernelVersion(RTL_OSVERSIONINFOEXW& version)
{
    // RtlGetVersion of the Driver Kit.
    const SystemCall<LONG(RTL_OSVERSIONINFOEXW*)> rtlGetVersion(LoadSystemDll(L"ntdll.dll"), "RtlGetVersion");
    version = {};
    version.dwOSVersionInfoSize = sizeof version;
    return rtlGetVersion && rtlGetVersion(&version) == 0;
}

/// Windows 11 still calls itself "Windows 10" in this value.
std::string ProductName(const WindowsVersion& version)
{
    constexpr std::uint32_t kFirstWindows11 = 22000;
    std::string name = RegistryText(kCurrentVersion, "ProductName").value_or("");
    if (!version.server && version.build >= kFirstWindows11 && name.starts_with("Windows 10"))
    {
        name.replace(0, 10, "Windows 11");
    }
    return name;
}

bool HasSystemTempFolder()
{
    return GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetTempPath2W") != nullptr;
}

} // namespace

std::string CurrentUserSid()
{
    return SidText(SidIn(ReadTokenUser(OpenOwnToken().Get())));
}

bool RunsElevated()
{
    return IsElevated(OpenOwnToken().Get());
}

bool HasElevatedToken()
{
    return IsElevatedToken(OpenOwnToken().Get());
}

bool RunsAsSystem()
{
    return IsSystem(OpenOwnToken().Get());
}

ElevationType OwnElevationType()
{
    const UniqueHandle token = OpenOwnToken();
    TOKEN_ELEVATION_TYPE type{};
    DWORD size = sizeof type;
    if (!GetTokenInformation(token.Get(), TokenElevationType, &type, size, &size))
    {
        return ElevationType::kUnknown;
    }
    switch (type)
    {
    case TokenElevationTypeDefault:
        return ElevationType::kDefault;
    case TokenElevationTypeFull:
        return ElevationType::kFull;
    case TokenElevationTypeLimited:
        return ElevationType::kLimited;
    default:
        return ElevationType::kUnknown;
    }
}

Timestamp BootTime()
{
    return Now() - std::chrono::seconds(GetTickCount64() / 1000);
}

Answer<ClockReading> AskWindows(const ReadClock&, const WindowsMachineOptions&, const Wait&)
{
    return ClockReading{Now(), UtcOffsetMinutes(), BootTime()};
}

Answer<ProcessContext> AskWindows(const ReadContext&, const WindowsMachineOptions& options, const Wait&)
{
    const UniqueHandle token = OpenOwnToken();
    const std::vector<std::max_align_t> user = ReadTokenUser(token.Get());
    if (user.empty())
    {
        return LastFailure("GetTokenInformation");
    }
    ProcessContext context;
    context.computer = ComputerName(ComputerNamePhysicalDnsHostname);
    context.domain = MemberDomain();
    context.user = AccountName(SidIn(user));
    context.userSid = SidText(SidIn(user));
    context.evidenceSid = options.evidenceSid.empty() ? context.userSid : options.evidenceSid;
    context.elevated = IsElevated(token.Get());
    context.system = IsSystem(token.Get());
    context.remoteSession = GetSystemMetrics(SM_REMOTESESSION) != 0;
    return context;
}

Answer<WindowsVersion> AskWindows(const ReadWindowsVersion&, const WindowsMachineOptions&, const Wait&)
{
    RTL_OSVERSIONINFOEXW kernel;
    if (!ReadKernelVersion(kernel))
    {
        return FailureFrom(code::kNotSupported, "RtlGetVersion");
    }
    WindowsVersion version;
    version.major = kernel.dwMajorVersion;
    version.minor = kernel.dwMinorVersion;
    version.build = kernel.dwBuildNumber;
    version.server = kernel.wProductType != VER_NT_WORKSTATION;
    version.domainController = kernel.wProductType == VER_NT_DOMAIN_CONTROLLER;
    version.serverCore = RegistryText(kCurrentVersion, "InstallationType") == "Server Core";
    version.product = ProductName(version);
    version.systemTempFolder = HasSystemTempFolder();
    return version;
}

} // namespace mars
