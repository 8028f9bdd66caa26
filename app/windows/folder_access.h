// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<FolderAccess> AskWindows(
    const ReadFolderAccess& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
