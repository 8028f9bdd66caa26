// SPDX-License-Identifier: MIT
#pragma once

#include "questions/probes.h"
#include "windows_machine.h"

namespace mars
{

Answer<HttpProbe> AskWindows(
    const ProbeHttp& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
