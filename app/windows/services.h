// SPDX-License-Identifier: MIT
#pragma once

#include "questions/services.h"
#include "windows_machine.h"

namespace mars
{

Answer<ServiceStatus> AskWindows(
    const QueryService& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
