// SPDX-License-Identifier: MIT
#include "hardening.h"

#include "system_call.h"

#include <delayimp.h>

namespace mars
{

namespace
{

// As winnt.h of newer Windows kits has them.
constexpr int kExtensionPointDisablePolicy = 6;
constexpr int kImageLoadPolicy = 10;
constexpr DWORD kDisableExtensionPoints = 0x1;
constexpr DWORD kNoRemoteImages = 0x1;
constexpr DWORD kNoLowMandatoryLabelImages = 0x2;
constexpr DWORD kPreferSystem32Images = 0x4;

/// Where the helper for delay-loaded DLLs would call LoadLibrary.
FARPROC WINAPI LoadFromSystem32(unsigned notice, DelayLoadInfo* info)
{
    return notice != dliNotePreLoadLibrary
        ? nullptr
        : (FARPROC)(void*)LoadLibraryExA(info->szDll, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
}

} // namespace

void HardenProcess()
{
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);

    // Windows 8.1 has the extension point policy, Windows 10 the image load policy; the call refuses what it
    // does not know, and then there is nothing to be done about it.
    const SystemCall<BOOL(int, void*, SIZE_T)> setPolicy(
        GetModuleHandleW(L"kernel32.dll"), "SetProcessMitigationPolicy");
    DWORD extensionPoints = kDisableExtensionPoints;
    setPolicy(kExtensionPointDisablePolicy, &extensionPoints, sizeof(extensionPoints));
    DWORD imageLoad = kNoRemoteImages | kNoLowMandatoryLabelImages | kPreferSystem32Images;
    setPolicy(kImageLoadPolicy, &imageLoad, sizeof(imageLoad));
}

} // namespace mars

// The helper's own name for it. It works before HardenProcess() too, in the constructors of a library.
decltype(__pfnDliNotifyHook2) __pfnDliNotifyHook2 = mars::LoadFromSystem32;
