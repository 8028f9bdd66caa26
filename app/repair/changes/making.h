// SPDX-License-Identifier: MIT
#pragma once

#include "apply.h"
#include "change.h"
#include "machine.h"
#include "machine_changer.h"

#include <string>

/// What the kinds of changes share.
namespace mars::changes
{

struct ChangeContext
{
    MachineChanger& changer;
    const Machine& machine;
    const Wait& wait;
};

inline Failure ChangedSince(const std::string& what)
{
    return {code::kChangedSince, what};
}

/// A failed answer passes on its failure, an absent one becomes "changed since".
template <class T>
Failure WhyNoValue(const Answer<T>& answer, const std::string& what)
{
    return answer.HasFailed() ? answer.Error() : ChangedSince(what);
}

template <class T>
ChangeState StateOf(const T& now, const T& before, const T& after)
{
    return now == after ? ChangeState::kAfter
        : now == before ? ChangeState::kBefore
                        : ChangeState::kElsewhere;
}

} // namespace mars::changes
