// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

namespace mars
{

/// Id and time of an event in the form that the event log renders; nothing when the text is something else.
std::optional<EventInfo> ParseEventXml(const std::string& xml);

/// The query for events with one of these ids.
std::string EventQuery(const std::vector<std::uint32_t>& ids);

} // namespace mars
