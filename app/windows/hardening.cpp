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
constexpr std::uint32_t kDisableExtensionPoints = 0x1;
constexpr std::uint32_t kNoRemoteImages = 0x1;
constexpr std::uint32_t kNoLowMandatoryLabelImages = 0x2;
constexpr std::uint32_t kPreferSystem32Images = 0x4;

/// Called by the helper for delay-loaded DLLs before each of its steps.
FARPROC WINAPI OnDelayLoad(unsigned notice, DelayLoadInfo* info)
{
    if (notice == dliNotePreLoadLibrary)
    {
        return (FARPROC)(void*)LoadLibraryExA(info->szDll, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
    }
    if (notice == dliNotePreGetProcAddress)
    {
        // The linker of binutils 2.44 puts the addresses of these functions where nothing may write, and the
        // helper of mingw-w64 writes there all the same. The page stays writable: another thread may be about
        // to write there too.
        DWORD before = 0;
        VirtualProtect(info->ppfn, sizeof *info->ppfn, PAGE_READWRITE, &before);
    }
    return nullptr;
}

} // namespace

std::vector<MitigationPolicy> MitigationPoliciesOf(ProgramKind kind)
{
    std::vector<MitigationPolicy> policies{
        {kImageLoadPolicy, kNoRemoteImages | kNoLowMandatoryLabelImages | kPreferSystem32Images}};
    // Screen readers and programs for remote help reach a window by hooks, which this policy shuts out.
    if (kind == ProgramKind::kConsole)
    {
        policies.push_back({kExtensionPointDisablePolicy, kDisableExtensionPoints});
    }
    return policies;
}

void HardenProcess(ProgramKind kind)
{
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);

    // Without it a look at an empty DVD drive puts up "There is no disk in the drive" and waits for an
    // answer. A console never shows a window; in the other program the person should see that it has crashed.
    const UINT silent = SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX;
    SetErrorMode(GetErrorMode() | silent | (kind == ProgramKind::kConsole ? SEM_NOGPFAULTERRORBOX : 0U));

    // Windows 8.1 has the extension point policy, Windows 10 the image load policy; the call refuses what it
    // does not know, and then there is nothing to be done about it.
    const SystemCall<BOOL(int, void*, SIZE_T)> setPolicy(
        GetModuleHandleW(L"kernel32.dll"), "SetProcessMitigationPolicy");
    for (MitigationPolicy policy : MitigationPoliciesOf(kind))
    {
        setPolicy(policy.policy, &policy.flags, sizeof policy.flags);
    }
}

} // namespace mars

// The helper's own name for it. It works before HardenProcess() too, in the constructors of a library.
decltype(__pfnDliNotifyHook2) __pfnDliNotifyHook2 = mars::OnDelayLoad;
