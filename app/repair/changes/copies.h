// SPDX-License-Identifier: MIT
#pragma once

#include "changes/making.h"

/// Copies in folders that everybody may read. See all.h.
namespace mars::changes
{

Answer<ChangeState> State(const CopyFile& change, const Machine& machine, const Wait& wait);
Status Make(const CopyFile& change, const ChangeContext& context);
Status TakeBack(const CopyFile& change, const ChangeContext& context);
Answer<ChangeState> State(const DeleteCopy& change, const Machine& machine, const Wait& wait);
Status Make(const DeleteCopy& change, const ChangeContext& context);
Status TakeBack(const DeleteCopy& change, const ChangeContext& context);

} // namespace mars::changes
