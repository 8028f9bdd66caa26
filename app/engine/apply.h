// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "machine.h"
#include "machine_changer.h"
#include "outcome.h"

#include <cstdint>
#include <functional>

namespace mars
{

/// Where the thing that a change is about stands now.
enum class ChangeState
{
    kBefore,
    kAfter,
    /// Neither: somebody else changed it.
    kElsewhere,
};

/// Of how many files: deleting tells while it works. Other changes tell nothing.
using ApplyProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Asks the machine itself, not a memo.
Answer<ChangeState> ReadState(const Change& change, const Machine& machine, const Wait& wait);

/// Fills in what only this machine knows: the registry keys that will have to be created. Called before the
/// preview.
Status Prepare(Plan& plan, const Machine& machine, const Wait& wait);

/// The fact of a change that Windows uses only after a restart of the computer.
inline constexpr const char* kNeedsRestart = "needs_restart";

struct AppliedChange
{
    Status status = Status::Done();
    /// Counts of a deletion: deleted, bytes, skipped_recent, skipped_in_use, failed. Of a driver:
    /// kNeedsRestart.
    Facts facts;
};

/// Makes one change: only from its `before` state, and only done when the machine says so when asked again.
/// Otherwise code::kChangedSince, also where somebody made the same change in the meantime: it is not ours to
/// undo. A service that runs already is started.
AppliedChange ApplyChange(const Change& change, MachineChanger& changer, const Machine& machine,
    const Wait& wait, const ApplyProgress& progress = {});

/// Takes a change back from its `after` state; already `before` is done. For run state: stops what was
/// started. A deletion has nothing to take back and is done.
Status RollBackChange(
    const Change& change, MachineChanger& changer, const Machine& machine, const Wait& wait);

} // namespace mars
