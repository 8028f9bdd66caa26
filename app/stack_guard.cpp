// SPDX-License-Identifier: MIT
//
// What -fstack-protector-strong calls. GCC's own libssp has it too, but asks CryptAcquireContext for its
// number before main: advapi32 then loads cryptsp.dll, which is none of the DLLs that Windows protects from a
// namesake beside the exe, at a time when HardenProcess() has not run yet.
#include <windows.h>

#include <cstdint>
#include <initializer_list>

namespace
{

/// From what differs from start to start and needs no DLL but kernel32: clocks, numbers of the process, and
/// where Windows put the stack and the program. Visual C++ makes its cookie of the same.
std::uintptr_t MakeGuard()
{
    FILETIME time{};
    GetSystemTimeAsFileTime(&time);
    LARGE_INTEGER counter{};
    QueryPerformanceCounter(&counter);
    std::uint64_t guard = 0;
    for (const std::uint64_t part :
        {static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime,
            static_cast<std::uint64_t>(counter.QuadPart), static_cast<std::uint64_t>(GetTickCount64()),
            static_cast<std::uint64_t>(GetCurrentProcessId()) << 32 | GetCurrentThreadId(),
            static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(&time)),
            static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(&MakeGuard))})
    {
        guard = (guard ^ part) * 0x9E3779B97F4A7C15U;
        guard ^= guard >> 29;
    }
    // The lowest byte is the first one in memory: a text that runs over cannot hold it.
    return guard & ~std::uintptr_t{0xFF};
}

} // namespace

extern "C"
{

    std::uintptr_t __stack_chk_guard = 0;

    /// Before every other constructor, because functions that look at the guard must not see it change.
    [[gnu::constructor(101)]] void MarsSetStackGuard()
    {
        __stack_chk_guard = MakeGuard();
    }

    /// __fastfail of Windows 8: the stack is no longer to be trusted, so no handler is asked. The process
    /// ends with STATUS_STACK_BUFFER_OVERRUN (0xC0000409).
    [[noreturn]] void __stack_chk_fail()
    {
        __asm__ volatile("int $0x29" : : "c"(FAST_FAIL_STACK_COOKIE_CHECK_FAILURE));
        __builtin_unreachable();
    }

} // extern "C"
