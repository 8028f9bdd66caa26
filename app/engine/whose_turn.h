// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"
#include "root_cause.h"

#include <array>
#include <string_view>

namespace mars
{

/// Who has to act next on what a check found. The words for people are the texts `turn.<word>`.
enum class Turn
{
    kNobody,
    /// The person at the server: a repair that this program makes.
    kRepair,
    kSteps,
    /// The person at the server: only a person can tell whether anything is wrong.
    kLook,
    /// The network team or the owner of the portal: there is a text to send.
    kSomeoneElse,
    /// Only an administrator's rights tell.
    kAdministrator,
    /// Could not be checked for another reason.
    kCheckAgain,
};
MARS_WORDS(Turn, "nobody", "repair", "steps", "look", "someone_else", "administrator", "check_again");

/// `available`: the kind of repair that there is now, which may be less than the catalogue's. `handsOff`: the
/// root cause has a text to send to somebody else. `elevated`: asked with an administrator's rights already.
Turn WhoseTurn(const Outcome& outcome, RepairKind available, bool handsOff, bool elevated);

/// Passed, but steps that lead on from here were begun and are not all done.
bool HasBegunSteps(const Outcome& outcome);

/// True when the outcome is "could not check" for want of rights.
bool NeedsAdministrator(const Outcome& outcome);

} // namespace mars
