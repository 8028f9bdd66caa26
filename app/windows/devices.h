// SPDX-License-Identifier: MIT
#pragma once

#include "questions/devices.h"
#include "windows_machine.h"

namespace mars
{

Answer<DeviceList> AskWindows(
    const ListDevices& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
