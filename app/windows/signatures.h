// SPDX-License-Identifier: MIT
#pragma once

#include "questions/signatures.h"
#include "windows_machine.h"

namespace mars
{

Answer<FileSignature> AskWindows(
    const VerifySignature& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
