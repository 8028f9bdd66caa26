// SPDX-License-Identifier: MIT
#pragma once

#include "questions/computer.h"
#include "windows_machine.h"

namespace mars
{

Answer<ChassisTag> AskWindows(
    const ReadChassisTag& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
