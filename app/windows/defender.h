// SPDX-License-Identifier: MIT
#pragma once

#include "questions/protection.h"
#include "windows_machine.h"

namespace mars
{

Answer<DefenderState> AskWindows(
    const ReadDefender& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
