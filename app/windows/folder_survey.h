// SPDX-License-Identifier: MIT
#pragma once

#include "questions/files.h"
#include "windows_machine.h"

namespace mars
{

Answer<FolderSurvey> AskWindows(
    const SurveyFolder& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
