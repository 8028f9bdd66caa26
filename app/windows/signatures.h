// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

namespace mars
{

Answer<FileSignature> AskWindows(
    const VerifySignature& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
