// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<DeviceList> AskWindows(
    const ListDevices& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
