// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "machine.h"
#include "machine_changer.h"
#include "outcome.h"

#include <chrono>
#include <cstdint>
#include <functional>

namespace mars
{

/// Enough for a service that is slow to start, or to stop: each of the two has it for itself.
inline constexpr std::chrono::seconds kStepDeadline{120};
/// To bring a service back to its run state of before: one that is still stopping has to end first.
inline constexpr std::chrono::minutes kBringBackDeadline{5};

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

/// Takes a change back from its `after` state; already `before` is done. For settings only: run state is
/// brought back by the two functions below.
Status RollBackChange(
    const Change& change, MachineChanger& changer, const Machine& machine, const Wait& wait);

/// Writes into the changes that stop a service whether it runs now. One that is stopping does not.
void NoteWhatRuns(std::vector<Change>& changes, const Machine& machine, const Wait& wait);

/// Brings a service to "running" from wherever it is, also while it is still stopping, and asks again.
/// `stopIsComing`: it was asked to stop and says that it runs; then it is waited for, because nobody can take
/// that back.
Status StartAgain(const std::string& service, bool stopIsComing, MachineChanger& changer,
    const Machine& machine, const Wait& wait);
/// Stops it, unless it is stopped or stopping.
Status StopAgain(
    const std::string& service, MachineChanger& changer, const Machine& machine, const Wait& wait);

} // namespace mars
