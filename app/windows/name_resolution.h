// SPDX-License-Identifier: MIT
#pragma once

#include "questions/network.h"
#include "windows_machine.h"

namespace mars
{

Answer<NameResolution> AskWindows(
    const ResolveName& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
