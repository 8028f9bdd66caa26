// SPDX-License-Identifier: MIT
#pragma once

#include "questions/volumes.h"
#include "windows_machine.h"

namespace mars
{

Answer<VolumeInfo> AskWindows(
    const ReadVolume& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
