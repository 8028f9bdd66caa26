// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Settings of scheduled tasks. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const SetTaskEnabled& change, const Machine& machine, const Wait& wait);
Status Make(const SetTaskEnabled& change, const ChangeContext& context);
Status TakeBack(const SetTaskEnabled& change, const ChangeContext& context);
Answer<ChangeState> State(const SetTriggerEnabled& change, const Machine& machine, const Wait& wait);
Status Make(const SetTriggerEnabled& change, const ChangeContext& context);
Status TakeBack(const SetTriggerEnabled& change, const ChangeContext& context);
Answer<ChangeState> State(const SetTaskAccount& change, const Machine& machine, const Wait& wait);
Status Make(const SetTaskAccount& change, const ChangeContext& context);
Status TakeBack(const SetTaskAccount& change, const ChangeContext& context);
Answer<ChangeState> State(const SetTaskOverlap& change, const Machine& machine, const Wait& wait);
Status Make(const SetTaskOverlap& change, const ChangeContext& context);
Status TakeBack(const SetTaskOverlap& change, const ChangeContext& context);

} // namespace mars::changes
