// SPDX-License-Identifier: MIT
#pragma once

#include "questions/programs.h"
#include "windows_machine.h"

namespace mars
{

Answer<InstalledProgramList> AskWindows(
    const ListPrograms& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
