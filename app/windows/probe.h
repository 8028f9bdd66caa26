// SPDX-License-Identifier: MIT
#pragma once

#include "questions/probes.h"
#include "windows_machine.h"

namespace mars
{

Answer<HttpsProbe> AskWindows(
    const ProbeHttps& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
