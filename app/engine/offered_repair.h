// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"

namespace mars
{

/// The fact of a check that passed and whose repair is offered all the same, for the person to ask for: a
/// service that is rightly stopped may be started. Never a part of what is proposed as a whole.
inline constexpr const char* kRepairOffered = "repair_offered";

inline bool OffersRepair(const Outcome& outcome)
{
    return outcome.IsProblem()
        || (outcome.kind == OutcomeKind::kPassed && outcome.facts.contains(kRepairOffered));
}

} // namespace mars
