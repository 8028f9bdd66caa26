// SPDX-License-Identifier: MIT
#pragma once

#include "questions/proxy.h"
#include "windows_machine.h"

namespace mars
{

Answer<ProxyScript> AskWindows(
    const DetectProxyScript& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<ProxyRoute> AskWindows(
    const FindProxyForUrl& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
