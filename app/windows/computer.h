// SPDX-License-Identifier: MIT
#pragma once

#include "questions/computer.h"
#include "token_rights.h"
#include "windows_machine.h"

namespace mars
{

Answer<ClockReading> AskWindows(
    const ReadClock& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<ProcessContext> AskWindows(
    const ReadContext& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<WindowsVersion> AskWindows(
    const ReadWindowsVersion& question, const WindowsMachineOptions& options, const Wait& wait);

/// "S-1-5-21-...", empty when the token cannot be read.
std::string CurrentUserSid();

/// Whether this program has an administrator's rights.
bool RunsElevated();

/// Whether Windows gave this program more rights than the desktop has, an administrator's or others.
bool HasElevatedToken();
ElevationType OwnElevationType();
bool RunsAsSystem();

/// The time of the last start of Windows.
Timestamp BootTime();

} // namespace mars
