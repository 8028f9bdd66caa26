// SPDX-License-Identifier: MIT
#pragma once

#include "questions/credentials.h"
#include "windows_machine.h"

namespace mars
{

Answer<VaultCredentials> AskWindows(
    const ReadVaultCredentials& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
