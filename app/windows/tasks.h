// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<TaskList> AskWindows(
    const ListTasks& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
