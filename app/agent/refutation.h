// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "outcome.h"
#include "view.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace mars
{

/// The longest time between two starts by the schedule, of the task that starts most often. Absent: no task
/// of the agent is enabled and has an enabled trigger that goes by the calendar.
Answer<std::chrono::seconds> ReadScheduleInterval(const MachineView& machine);

/// The newest success, where it is new enough to disprove something: at most two intervals of the schedule
/// old, at least 24 hours. Nothing where there is none, and where it, the clock or the schedule cannot be
/// read.
std::optional<Timestamp> ReadRecentSuccess(const MachineView& machine);

/// A success refutes: an error or a warning that would have stopped the last backup, which succeeded, is
/// none. Which cases that holds for is said in the knowledge (Knowledge::RefutedBySuccess).
///
/// It holds where there is a recent success, and the agent's log has no later error of the same kind: one
/// that belongs to the page of this root cause, or that errors.xml explains by it. Whatever of that cannot be
/// read refutes nothing. What is left has the fact `works_anyway`, the time of that success.
Outcome RefuteBySuccess(
    const Knowledge& knowledge, std::string_view id, Outcome outcome, const MachineView& machine);

} // namespace mars
