// SPDX-License-Identifier: MIT
#pragma once

#include "agent.h"
#include "given.h"
#include "outcome.h"
#include "questions/volumes.h"
#include "view.h"

namespace mars::basics
{

/// How far the documented move of the scratch folder to another volume has come: copy it while the service is
/// stopped, set both registry values, start the service, make a backup, and only then delete the old folder.
/// Every step is told by the machine itself, so the move can go on after a restart, days later and from
/// another computer, and nothing has to be remembered for it.
///
/// Adds to the outcome of the check of the free space: for each step the fact `step_<name>` (done, open,
/// unknown); both ends of the move; and, where a move has begun although there is enough space now, the case
/// of the text that says so. Where no move has begun and none is called for, it adds nothing.
void AddScratchMove(const MachineView& machine, const Given& given, const Agent& agent,
    const VolumeInfo& volume, Outcome& outcome);

} // namespace mars::basics
