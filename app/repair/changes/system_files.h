// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Files that SYSTEM runs, and the scratch folder. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const StageFile& change, const Machine& machine, const Wait& wait);
Status Make(const StageFile& change, const ChangeContext& context);
Status TakeBack(const StageFile& change, const ChangeContext& context);
Answer<ChangeState> State(const KeepFile& change, const Machine& machine, const Wait& wait);
Status Make(const KeepFile& change, const ChangeContext& context);
Status TakeBack(const KeepFile& change, const ChangeContext& context);
Answer<ChangeState> State(const ReplaceFile& change, const Machine& machine, const Wait& wait);
Status Make(const ReplaceFile& change, const ChangeContext& context);
Status TakeBack(const ReplaceFile& change, const ChangeContext& context);
Answer<ChangeState> State(const UncompressFolder& change, const Machine& machine, const Wait& wait);
Status TakeBack(const UncompressFolder& change, const ChangeContext&);
AppliedChange UncompressIn(
    const UncompressFolder& change, const ChangeContext& context, const ApplyProgress& progress);

} // namespace mars::changes
