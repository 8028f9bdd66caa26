// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace mars
{

/// Runs `work` on a thread of its own that nobody has to wait for: for calls of Windows that cannot be
/// cancelled. `work` must own all that it uses and may not throw; a thread that still hangs when the program
/// ends dies with it. Throws std::system_error when the system has no thread to give.
///
/// Instead of std::thread::detach(): in winpthreads (mingw-w64 10) detaching a thread that is about to end
/// can free its record twice, and two later threads then share one.
void RunInBackground(std::function<void()> work);

} // namespace mars
