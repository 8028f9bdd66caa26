// SPDX-License-Identifier: MIT
#include "model/start_failure.h"

#include "answer.h"

namespace mars
{

StartFailure WhyNotStarted(std::uint32_t error)
{
    switch (error)
    {
    case code::kCancelled:
        return StartFailure::kPersonSaidNo;
    case 2:  // ERROR_FILE_NOT_FOUND
    case 3:  // ERROR_PATH_NOT_FOUND
    case 53: // ERROR_BAD_NETPATH
    case 67: // ERROR_BAD_NET_NAME
        return StartFailure::kNotFound;
    default:
        return StartFailure::kOther;
    }
}

} // namespace mars
