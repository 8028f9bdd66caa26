// SPDX-License-Identifier: MIT
#pragma once

#include "windows_machine.h"

#include <windows.h>

namespace mars
{

Answer<AccountSid> AskWindows(
    const FindAccountSid& question, const WindowsMachineOptions& options, const Wait& wait);

/// "S-1-5-18"; empty for what is no SID.
std::string SidText(PSID sid);

/// The SID of a user or a group by its name, see FindAccountSid.
Answer<std::string> SidOfAccount(const std::string& account);

} // namespace mars
