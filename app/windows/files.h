// SPDX-License-Identifier: MIT
#pragma once

#include "questions/files.h"
#include "windows_machine.h"

namespace mars
{

Answer<PathText> AskWindows(
    const FindFolder& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<FileInfo> AskWindows(
    const ReadFileInfo& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<FileList> AskWindows(
    const ListFiles& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
