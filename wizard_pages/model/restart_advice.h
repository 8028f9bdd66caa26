// SPDX-License-Identifier: MIT
#pragma once

#include "journal.h"
#include "repair.h"
#include "root_cause.h"

#include <optional>
#include <span>
#include <vector>

namespace mars
{

/// Windows or the services of Windows read what it changes only when the server starts.
bool TakesRestart(const Change& change);

/// What was repaired with such a change since the server was last started, each once, the newest first.
/// `booted`: when that was; nothing where it is not known, which counts as before every repair.
std::vector<const RootCause*> WaitingForRestart(
    std::span<const UndoItem> journal, const std::optional<Timestamp>& booted);

} // namespace mars
