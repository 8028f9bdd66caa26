// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Temporary files. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const DeleteTemporaryFiles& change, const Machine& machine, const Wait& wait);
Status Make(const DeleteTemporaryFiles&, const ChangeContext&);
Status TakeBack(const DeleteTemporaryFiles& change, const ChangeContext&);
AppliedChange DeleteIn(
    const DeleteTemporaryFiles& change, const ChangeContext& context, const ApplyProgress& progress);

} // namespace mars::changes
