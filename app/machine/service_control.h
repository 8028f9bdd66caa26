// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace mars
{

/// What it means that asking a service to stop did not return "done".
enum class StopAnswer
{
    /// It was asked, and goes on with it: wait for it.
    kAsked,
    /// It does not take the request in the state that it is in now: wait, and ask again.
    kNotYet,
    kRefused,
};

/// `code` is the last error of ControlService(SERVICE_CONTROL_STOP). 1053 comes when the service's handler
/// has not returned within 30 seconds, and the service stops all the same ("Service Control Handler Function"
/// of the Windows documentation).
StopAnswer AnswerToStop(std::uint32_t code);

} // namespace mars
