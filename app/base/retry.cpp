// SPDX-License-Identifier: MIT
#include "retry.h"

namespace mars
{

Status Retry(int tries, const std::function<Status()>& attempt,
    const std::function<bool(const Failure&)>& isFinal, const std::function<bool()>& pause)
{
    Status status = attempt();
    for (int tried = 1; !status && tried < tries && !isFinal(status.Error()) && pause(); ++tried)
    {
        status = attempt();
    }
    return status;
}

} // namespace mars
