// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

namespace mars
{

/// While a window holds the session, Windows shows `why` to whoever signs out or shuts down, and waits for
/// the person. `window` is the HWND of a top-level window of the calling thread.
void HoldSession(void* window, const std::string& why);
void ReleaseSession(void* window);

/// For a console program, which Windows does not tell of signing out and shutting down as soon as it has
/// loaded user32 ("HandlerRoutine callback function"): a hidden window that hears it instead, on a thread of
/// its own that lives as long as the program. `mayEnd` is asked, and what it does not allow is held, with
/// `why`; when Windows ends the session all the same, `wait` is called and should return when all is done.
void WatchSessionEnd(std::function<bool()> mayEnd, std::function<void()> wait, const std::string& why);

} // namespace mars
