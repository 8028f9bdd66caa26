// SPDX-License-Identifier: MIT
#include "handle.h"
#include "under_wine.h"

namespace mars::test
{

namespace
{

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
