// SPDX-License-Identifier: MIT
#include "whose_turn.h"

#include "knowledge.h"

namespace mars
{

Turn WhoseTurn(const Outcome& outcome, RepairKind available, bool handsOff, bool elevated)
{
    switch (outcome.kind)
    {
    case OutcomeKind::kProblem:
        return available == RepairKind::kOneClick ? Turn::kRepair
            : handsOff                            ? Turn::kSomeoneElse
                                                  : Turn::kSteps;
    case OutcomeKind::kCouldNotCheck:
        return NeedsAdministrator(outcome) && !elevated ? Turn::kAdministrator : Turn::kCheckAgain;
    case OutcomeKind::kManual:
        return Turn::kLook;
    default:
        return HasBegunSteps(outcome) ? Turn::kSteps : Turn::kNobody;
    }
}

bool HasBegunSteps(const Outcome& outcome)
{
    return outcome.kind == OutcomeKind::kPassed && HasOpenSteps(outcome.facts);
}

bool NeedsAdministrator(const Outcome& outcome)
{
    constexpr std::uint32_t kElevationRequired = 740;
    constexpr std::uint32_t kPrivilegeNotHeld = 1314;
    const std::uint32_t code = outcome.error ? outcome.error->code : 0;
    // An HRESULT may carry the same as a Win32 error does.
    const std::uint32_t plain = (code & 0xFFFF0000U) == 0x80070000U ? code & 0xFFFFU : code;
    return outcome.kind == OutcomeKind::kCouldNotCheck
        && (plain == code::kAccessDenied || plain == kElevationRequired || plain == kPrivilegeNotHeld);
}

} // namespace mars
