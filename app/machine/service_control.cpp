// SPDX-License-Identifier: MIT
#include "service_control.h"

namespace mars
{

StopAnswer AnswerToStop(std::uint32_t code)
{
    constexpr std::uint32_t kRequestTimeout = 1053;
    constexpr std::uint32_t kCannotAcceptControl = 1061;
    constexpr std::uint32_t kNotActive = 1062;
    switch (code)
    {
    case kRequestTimeout:
        return StopAnswer::kAsked;
    case kCannotAcceptControl:
    case kNotActive:
        return StopAnswer::kNotYet;
    default:
        return StopAnswer::kRefused;
    }
}

} // namespace mars
