// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

namespace mars
{

/// Id and time of an event in the form that the event log renders; nothing when the text is something else.
std::optional<EventInfo> ParseEventXml(const std::string& xml);

/// The query for events with one of these ids, of any provider or of one whose name begins with a small or a
/// capital letter: that changed from one Windows to the next.
std::string EventQuery(const std::vector<std::uint32_t>& ids, const std::string& provider = {});

} // namespace mars
