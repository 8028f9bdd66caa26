// SPDX-License-Identifier: MIT
#pragma once

#include "questions/files.h"
#include "windows_machine.h"

namespace mars
{

Answer<FolderAccess> AskWindows(
    const ReadFolderAccess& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
