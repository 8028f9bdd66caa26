// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Disks and devices. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const SetSanPolicy& change, const Machine& machine, const Wait& wait);
Status Make(const SetSanPolicy& change, const ChangeContext& context);
Status TakeBack(const SetSanPolicy& change, const ChangeContext& context);
/// Still to be made as long as the device is there, and never to be taken back: Windows alone decides which
/// driver is the best, and the next pass of the check tells whether the device works.
Answer<ChangeState> State(const InstallInboxDriver& change, const Machine& machine, const Wait& wait);
AppliedChange InstallIn(const InstallInboxDriver& change, const ChangeContext& context);
Status TakeBack(const InstallInboxDriver& change, const ChangeContext&);

} // namespace mars::changes
