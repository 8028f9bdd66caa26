// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<InstalledProgramList> AskWindows(
    const ListPrograms& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
