// SPDX-License-Identifier: MIT
#pragma once

#include "questions/events.h"
#include "windows_machine.h"

namespace mars
{

Answer<EventList> AskWindows(
    const ReadEvents& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<EventList> AskWindows(
    const ReadProviderEvents& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<CrashList> AskWindows(
    const ListCrashes& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
