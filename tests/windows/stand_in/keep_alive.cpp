// SPDX-License-Identifier: MIT

/// Holds a prefix awake: without a running program Wine ends its services. Also sets right what Wine forgets
/// whenever a prefix starts. Prints "ready", then waits until its standard input ends.

#include <windows.h>

#include <cstdio>
#include <string_view>

namespace
{

/// Wine has no HKU\S-1-5-18; on Windows it is the same hive as HKU\.DEFAULT.
LONG LinkSystemHive()
{
    constexpr std::wstring_view target = L"\\Registry\\User\\.Default";
    HKEY link = nullptr;
    LONG error =
        RegCreateKeyExW(HKEY_USERS, L"S-1-5-18", 0, nullptr, REG_OPTION_VOLATILE | REG_OPTION_CREATE_LINK,
            KEY_SET_VALUE | KEY_CREATE_LINK, nullptr, &link, nullptr);
    if (error == ERROR_ALREADY_EXISTS)
        return ERROR_SUCCESS;
    if (error != ERROR_SUCCESS)
        return error;
    error = RegSetValueExW(link, L"SymbolicLinkValue", 0, REG_LINK,
        reinterpret_cast<const BYTE*>(target.data()), static_cast<DWORD>(target.size() * sizeof(wchar_t)));
    RegCloseKey(link);
    return error;
}

/// Wine names the host after the computer that it runs on.
LONG RestoreHostName()
{
    constexpr auto key = L"System\\CurrentControlSet\\Services\\Tcpip\\Parameters";
    wchar_t name[256] = L"";
    DWORD size = sizeof name;
    const LONG error =
        RegGetValueW(HKEY_LOCAL_MACHINE, key, L"NV Hostname", RRF_RT_REG_SZ, nullptr, name, &size);
    return error != ERROR_SUCCESS ? error
                                  : RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, L"Hostname", REG_SZ, name, size);
}

/// Wine 10 takes out of this computer's authorities what the host does not trust, whenever a program asks for
/// them first. It looks at the host once as long as this is there; services have names of their own.
LONG KeepAuthorities()
{
    for (const wchar_t* name : {L"crypt32_root_semaphore", L"Global\\crypt32_root_semaphore"})
    {
        if (CreateSemaphoreW(nullptr, 1, 1, name) == nullptr)
            return static_cast<LONG>(GetLastError());
    }
    return ERROR_SUCCESS;
}

} // namespace

int main()
{
    for (LONG (*restore)() : {LinkSystemHive, RestoreHostName, KeepAuthorities})
    {
        if (const LONG error = restore(); error != ERROR_SUCCESS)
        {
            std::fprintf(stderr, "keep_alive: error %ld\n", error);
            return 1;
        }
    }
    std::puts("ready");
    std::fflush(stdout);
    while (std::getchar() != EOF)
    {}
    return 0;
}
