// SPDX-License-Identifier: MIT
#pragma once

#include "journal.h"
#include "machine.h"

#include <optional>
#include <string>
#include <vector>

namespace mars
{

/// How a change of an earlier repair stands now.
enum class Today
{
    /// As the repair left it.
    kAsLeft,
    /// As it was before the repair.
    kAsBefore,
    /// Somebody changed it since, so undo leaves it alone.
    kChangedSince,
    /// The object of the change is not there any more.
    kGone,
    kCannotTell,
    /// The repair ended before it came to it.
    kNotMade,
    /// Run state: a service was started or restarted, and there is nothing to take back.
    kNothingToUndo,
    kIrreversible,
};

struct ChangeToday
{
    Change change;
    Today today = Today::kCannotTell;
    /// What is there instead, as in ChangeDescription::to; nothing where that takes more than a word.
    std::optional<std::string> now;
    std::optional<Failure> why;
};

/// The changes of an entry, in the order in which they were made. Asks the machine, changes nothing.
std::vector<ChangeToday> LookAtChanges(const JournalEntry& entry, const Machine& machine, const Wait& wait);

} // namespace mars
