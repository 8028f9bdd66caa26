// SPDX-License-Identifier: MIT
#pragma once

#include "questions/services.h"
#include "windows_machine.h"

namespace mars
{

Answer<ServiceImageList> AskWindows(
    const ListServiceImages& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
