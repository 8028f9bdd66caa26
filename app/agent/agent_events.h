// SPDX-License-Identifier: MIT
#pragma once

#include "questions/events.h"
#include "view.h"

#include <cstdint>
#include <vector>

namespace mars
{

/// The agent's events with one of `ids`, newest first, from the channel that holds any. Two names of the
/// channel are documented, CloudBackup and CloudBackup/Operational; which one a server has depends on the
/// agent. Absent: it has neither. Fails where one of the two cannot be read.
Answer<EventList> ReadAgentEvents(const MachineView& machine, const std::vector<std::uint32_t>& ids);

} // namespace mars
