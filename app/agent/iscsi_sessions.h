// SPDX-License-Identifier: MIT
#pragma once

#include "questions/devices.h"
#include "view.h"

namespace mars
{

/// The iSCSI sessions of this computer. None where the initiator's service is stopped or not there: it holds
/// them, and while it is stopped, as on every server that does not use iSCSI, it cannot be asked for them.
Answer<IscsiSessionList> ReadIscsiSessions(const MachineView& machine);

} // namespace mars
