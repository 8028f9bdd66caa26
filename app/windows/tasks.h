// SPDX-License-Identifier: MIT
#pragma once

#include "questions/tasks.h"
#include "windows_machine.h"

namespace mars
{

Answer<TaskList> AskWindows(
    const ListTasks& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
