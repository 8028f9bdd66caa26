// SPDX-License-Identifier: MIT

/// Holds a prefix awake: without a running program Wine ends its services. Also makes HKU\S-1-5-18, which Wine has
/// not, a link to HKU\.DEFAULT as on Windows; the link lives only as long as the prefix runs.
/// Prints "ready", then waits until its standard input ends.

#include <windows.h>

#include <cstdio>
#include <string_view>

namespace
{

LONG LinkSystemHive()
{
    constexpr std::wstring_view target = L"\\Registry\\User\\.Default";
    HKEY link = nullptr;
    LONG error = RegCreateKeyExW(HKEY_USERS, L"S-1-5-18", 0, nullptr, REG_OPTION_VOLATILE | REG_OPTION_CREATE_LINK,
                                 KEY_SET_VALUE | KEY_CREATE_LINK, nullptr, &link, nullptr);
    if (error == ERROR_ALREADY_EXISTS)
        return ERROR_SUCCESS;
    if (error != ERROR_SUCCESS)
        return error;
    error = RegSetValueExW(link, L"SymbolicLinkValue", 0, REG_LINK, reinterpret_cast<const BYTE*>(target.data()),
                           static_cast<DWORD>(target.size() * sizeof(wchar_t)));
    RegCloseKey(link);
    return error;
}

} // namespace

int main()
{
    const LONG error = LinkSystemHive();
    if (error != ERROR_SUCCESS)
    {
        std::fprintf(stderr, "keep_alive: cannot link HKU\\S-1-5-18: error %ld\n", error);
        return 1;
    }
    std::puts("ready");
    std::fflush(stdout);
    while (std::getchar() != EOF)
    {
    }
    return 0;
}
