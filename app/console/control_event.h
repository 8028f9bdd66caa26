// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace mars
{

/// What Windows tells a console program's HandlerRoutine (wincon.h, CTRL_*_EVENT).
namespace control_event
{
inline constexpr std::uint32_t kCtrlC = 0;
inline constexpr std::uint32_t kBreak = 1;
inline constexpr std::uint32_t kClose = 2;
inline constexpr std::uint32_t kLogOff = 5;
inline constexpr std::uint32_t kShutDown = 6;
} // namespace control_event

/// The stop of the work is requested in any case.
enum class ControlAnswer
{
    /// The program goes on, and ends when its work has.
    kGoOn,
    /// As kGoOn, and Windows, which ends the program as soon as its handler returns, has to wait.
    kHold,
    /// At once.
    kEnd,
};

/// `stopWasRequested` before; `changing`: a repair or an undo is being made, and must not be cut in two.
ControlAnswer AnswerControl(std::uint32_t event, bool stopWasRequested, bool changing);

} // namespace mars
