// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Rules of the Windows Firewall. See all.h.
namespace mars::changes
{

/// Only enabled rules are listed, so one that is not there is off; writing tells whether it is there at all.
Answer<ChangeState> State(const SetFirewallRule& change, const Machine& machine, const Wait& wait);
Status Make(const SetFirewallRule& change, const ChangeContext& context);
Status TakeBack(const SetFirewallRule& change, const ChangeContext& context);

} // namespace mars::changes
