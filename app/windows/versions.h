// SPDX-License-Identifier: MIT
#pragma once

#include "questions/files.h"
#include "windows_machine.h"

namespace mars
{

Answer<FileVersion> AskWindows(
    const ReadFileVersion& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
