// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"

/// WinINET's "DefaultConnectionSettings" and "SavedLegacySettings": a version, a counter at offset 4 that
/// grows with each change, flags, then proxy, exceptions and script as length and bytes, then bytes without a
/// known meaning.
namespace mars::connectivity
{

/// What stands for "direct" in place of `before`, one change later.
Bytes DirectBlob(const Bytes& before);

/// `source` in place of `before`, one change later than it; an empty `before` was not there.
Bytes CopiedBlob(Bytes source, const Bytes& before);

} // namespace mars::connectivity
