// SPDX-License-Identifier: MIT
#pragma once

#include "com.h"
#include "machine_changer.h"
#include "questions/firewall.h"
#include "windows_machine.h"

namespace mars
{

Answer<FirewallState> AskWindows(
    const ReadFirewall& question, const WindowsMachineOptions& options, const Wait& wait);

/// Switches each local rule that is this one; fails with 2 (ERROR_FILE_NOT_FOUND) where none is. See
/// MachineChanger.
Status SwitchFirewallRule(const FirewallRuleId& rule, bool enabled);

} // namespace mars
