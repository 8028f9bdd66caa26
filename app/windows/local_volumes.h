// SPDX-License-Identifier: MIT
#pragma once

#include "questions/volumes.h"
#include "windows_machine.h"

namespace mars
{

Answer<LocalVolumeList> AskWindows(
    const ListVolumes& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
