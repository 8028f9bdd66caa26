// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "questions/log.h"
#include "text.h"
#include "view.h"

namespace mars
{

/// When the newest backup succeeded, with or without warnings (events 3 and 10 of the agent's channel).
/// Absent: there is no channel, or no success in it.
Answer<Timestamp> ReadLastSuccess(const MachineView& machine);

/// Why a log in which nothing was found proves nothing: not all of it was read since the newest success, or
/// not all of it at all where there is none. Nothing: it does prove it.
std::optional<Failure> WhyNotSure(const MachineView& machine, const LogScan& scan);

} // namespace mars
