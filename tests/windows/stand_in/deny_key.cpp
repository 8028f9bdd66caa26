// SPDX-License-Identifier: MIT

/// deny_key KEY...: takes everybody's rights to keys of HKEY_LOCAL_MACHINE, for as long as the Wine server
/// lives.

#include <windows.h>

#include <cstdio>

int wmain(int count, wchar_t** arguments)
{
    ACL empty{};
    InitializeAcl(&empty, sizeof empty, ACL_REVISION);
    SECURITY_DESCRIPTOR descriptor{};
    InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION);
    SetSecurityDescriptorDacl(&descriptor, TRUE, &empty, FALSE);
    for (int index = 1; index < count; ++index)
    {
        HKEY key = nullptr;
        LSTATUS status =
            RegOpenKeyExW(HKEY_LOCAL_MACHINE, arguments[index], 0, WRITE_DAC | KEY_WOW64_64KEY, &key);
        if (status == ERROR_SUCCESS)
        {
            status = RegSetKeySecurity(key, DACL_SECURITY_INFORMATION, &descriptor);
            RegCloseKey(key);
        }
        if (status != ERROR_SUCCESS)
        {
            std::fprintf(stderr, "deny_key: %ls: error %ld\n", arguments[index], static_cast<long>(status));
            return 1;
        }
    }
    return 0;
}
