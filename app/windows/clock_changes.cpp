// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "retry.h"
#include "run_program.h"

#include <thread>

namespace mars
{

namespace
{

/// Until it is time to try again. False: there is no time left.
bool Pause(const Wait& wait)
{
    constexpr std::chrono::seconds kPause{5};
    const auto end = std::chrono::steady_clock::now() + kPause;
    while (std::chrono::steady_clock::now() < end && !wait.IsOver())
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return !wait.IsOver();
}

/// Trying again does not help where the program is missing or the rights are.
bool IsFinal(const Failure& failure)
{
    return failure.code == ERROR_FILE_NOT_FOUND || failure.code == ERROR_ACCESS_DENIED
        || failure.code == code::kCancelled || failure.code == code::kTimeout;
}

} // namespace

Status WindowsChanger::ResyncClock(const Wait& wait)
{
    // A time service that has just been started has no samples yet, and says so for some seconds.
    constexpr int kTries = 12;
    // No function of Windows does this.
    return Retry(
        kTries, [&] { return RunSystemProgram("w32tm.exe", "/resync /rediscover", wait); }, IsFinal,
        [&] { return Pause(wait); });
}

} // namespace mars
