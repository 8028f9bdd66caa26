// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<FolderSurvey> AskWindows(
    const SurveyFolder& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
