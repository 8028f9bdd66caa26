// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<HttpProbe> AskWindows(
    const ProbeHttp& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
