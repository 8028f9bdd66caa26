// SPDX-License-Identifier: MIT
#include "handle.h"
#include "under_wine.h"

namespace mars::test
{

namespace
{

/// Wine 10 starts a program as Windows does for an administrator who was not asked: with the token that has
/// few rights. What the tests run is elevated, as all is under Wine 8, unless a test wants it otherwise.
void TakeFullToken()
{
    HANDLE own = nullptr;
    OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &own);
    const UniqueHandle token(own);
    TOKEN_ELEVATION_TYPE type{};
    TOKEN_LINKED_TOKEN full{};
    DWORD size = 0;
    if (GetEnvironmentVariableW(L"MARS_TESTS_WITHOUT_RIGHTS", nullptr, 0) != 0
        || !GetTokenInformation(token.Get(), TokenElevationType, &type, sizeof type, &size)
        || type != TokenElevationTypeLimited
        || !GetTokenInformation(token.Get(), TokenLinkedToken, &full, sizeof full, &size))
    {
        return;
    }
    const UniqueHandle linked(full.LinkedToken);
    HANDLE primary = nullptr;
    DuplicateTokenEx(linked.Get(), MAXIMUM_ALLOWED, nullptr, SecurityImpersonation, TokenPrimary, &primary);
    const UniqueHandle closing(primary);
    // As Wine does it where a program's manifest asks for an administrator.
    struct
    {
        HANDLE token;
        HANDLE thread;
    } access{primary, nullptr};
    constexpr int kProcessAccessToken = 9;
    using SetInformation = LONG(WINAPI*)(HANDLE, int, void*, ULONG);
    const auto set = reinterpret_cast<SetInformation>(
        reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtSetInformationProcess")));
    set(GetCurrentProcess(), kProcessAccessToken, &access, sizeof access);
}

/// Wine 8 cannot take the first calls of some of its parts from several threads at once. So the programs that
/// run under it in the tests have this part, which makes these calls before main, in the only thread there
/// is.
class FirstCalls
{
public:
    FirstCalls()
    {
        if (!IsWine())
        {
            return;
        }
        TakeFullToken();
        // While the first thread that needs a window class sets up the built-in ones it may wait for the
        // loader, and a thread inside the loader, for a library that has a class of its own, waits for the
        // built-in ones.
        const wchar_t* name = L"mars-first-calls";
        WNDCLASSW windowClass{};
        windowClass.lpfnWndProc = DefWindowProcW;
        windowClass.hInstance = GetModuleHandleW(nullptr);
        windowClass.lpszClassName = name;
        RegisterClassW(&windowClass);
        UnregisterClassW(name, windowClass.hInstance);
    }

private:
    // Two threads that call the service manager first get an association of RPC each, and what one of them
    // opens is an invalid handle to the other. Later calls join the association as long as this is open.
    UniqueService m_services{IsWine() ? OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT) : nullptr};
};

const FirstCalls kFirstCalls;

} // namespace

} // namespace mars::test
