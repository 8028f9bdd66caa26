// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"

#include <functional>

namespace mars
{

/// Calls `attempt` until it succeeds, `tries` times at the most, and gives its last answer. Ends early with a
/// failure that `isFinal`, or when `pause`, called before each further attempt, says that no time is left.
Status Retry(int tries, const std::function<Status()>& attempt,
    const std::function<bool(const Failure&)>& isFinal, const std::function<bool()>& pause);

} // namespace mars
