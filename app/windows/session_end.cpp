// SPDX-License-Identifier: MIT
#include "session_end.h"

#include "background_thread.h"
#include "wide.h"

namespace mars
{

namespace
{

struct Watch
{
    std::function<bool()> mayEnd;
    std::function<void()> wait;
    std::string why;
};

LRESULT CALLBACK OnMessage(HWND window, UINT message, WPARAM word, LPARAM parameter)
{
    const auto* watch = reinterpret_cast<const Watch*>(GetWindowLongPtrW(window, GWLP_USERDATA));
    if (watch != nullptr && message == WM_QUERYENDSESSION)
    {
        const bool mayEnd = watch->mayEnd();
        if (!mayEnd)
        {
            HoldSession(window, watch->why);
        }
        return mayEnd ? TRUE : FALSE;
    }
    if (watch != nullptr && message == WM_ENDSESSION && word != 0)
    {
        // Windows ends the program as soon as this returns.
        watch->wait();
        return 0;
    }
    return DefWindowProcW(window, message, word, parameter);
}

void RunWindow(const Watch& watch)
{
    WNDCLASSW type{};
    type.lpfnWndProc = OnMessage;
    type.hInstance = GetModuleHandleW(nullptr);
    type.lpszClassName = L"MarsCheckSession";
    RegisterClassW(&type);
    // Not a message-only window: those are not told.
    const HWND window = CreateWindowExW(0, type.lpszClassName, L"mars-check", WS_OVERLAPPED, 0, 0, 0, 0,
        nullptr, nullptr, type.hInstance, nullptr);
    if (window == nullptr)
    {
        return;
    }
    SetWindowLongPtrW(window, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(&watch));
    MSG message{};
    while (GetMessageW(&message, nullptr, 0, 0) > 0)
    {
        DispatchMessageW(&message);
    }
}

} // namespace

void HoldSession(void* window, const std::string& why)
{
    // Without it Windows does not wait, but is still told "no".
    ShutdownBlockReasonCreate(static_cast<HWND>(window), Wide(why).c_str());
}

void ReleaseSession(void* window)
{
    ShutdownBlockReasonDestroy(static_cast<HWND>(window));
}

void WatchSessionEnd(std::function<bool()> mayEnd, std::function<void()> wait, const std::string& why)
{
    RunInBackground([watch = Watch{std::move(mayEnd), std::move(wait), why}] { RunWindow(watch); });
}

} // namespace mars
