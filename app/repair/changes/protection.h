// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Microsoft Defender and the clock. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const AddDefenderExclusion& change, const Machine& machine, const Wait& wait);
Status Make(const AddDefenderExclusion& change, const ChangeContext& context);
Status TakeBack(const AddDefenderExclusion& change, const ChangeContext& context);
Answer<ChangeState> State(const RemoveDefenderExclusion& change, const Machine& machine, const Wait& wait);
Status Make(const RemoveDefenderExclusion& change, const ChangeContext& context);
Status TakeBack(const RemoveDefenderExclusion& change, const ChangeContext& context);
/// Always still to be made; whether it helped is what the check finds when it runs again.
Answer<ChangeState> State(const ResyncClock&, const Machine&, const Wait&);
Status Make(const ResyncClock&, const ChangeContext& context);
Status TakeBack(const ResyncClock&, const ChangeContext&);

} // namespace mars::changes
