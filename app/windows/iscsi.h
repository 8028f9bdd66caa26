// SPDX-License-Identifier: MIT
#pragma once

#include "questions/devices.h"
#include "windows_machine.h"

namespace mars
{

Answer<IscsiSessionList> AskWindows(
    const ListIscsiSessions& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
