// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<HttpsProbe> AskWindows(
    const ProbeHttps& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
