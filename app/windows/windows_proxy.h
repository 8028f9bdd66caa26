// SPDX-License-Identifier: MIT
#pragma once

#include "questions/proxy.h"
#include "windows_machine.h"

namespace mars
{

Answer<ProxySettings> AskWindows(
    const ReadProxySettings& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
