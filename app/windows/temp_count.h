// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<TempFileCount> AskWindows(
    const CountTempFiles& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
