// SPDX-License-Identifier: MIT
#pragma once

#include "questions/files.h"
#include "questions/signatures.h"
#include "windows_machine.h"

namespace mars
{

Answer<ModuleManifest> AskWindows(
    const ReadModuleManifest& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<FileHash> AskWindows(const HashFile& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
