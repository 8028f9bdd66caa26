// SPDX-License-Identifier: MIT
#pragma once

#include "questions/programs.h"
#include "windows_machine.h"

namespace mars
{

Answer<InstalledUpdate> AskWindows(
    const FindNewestUpdate& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
