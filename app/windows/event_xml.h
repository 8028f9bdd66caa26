// SPDX-License-Identifier: MIT
#pragma once

#include "questions/events.h"

namespace mars
{

/// Id and time of an event in the form that the event log renders; nothing when the text is something else.
std::optional<EventInfo> ParseEventXml(const std::string& xml);

/// The crash that an event of Windows tells of; nothing where the text is something else, or where it is that
/// of another program and service. What names them is never translated:
/// - 1000, "Application Error": the data begin with the program, of which the fourth is the file in which it
///   stopped and the seventh the exception, in hexadecimal digits.
/// - 1026, ".NET Runtime": the first line of its only text ends with the program, "Application:
/// cbengine.exe".
/// - 7031 and 7034, "Service Control Manager": Binary is the service's name in UTF-16, to which other events
/// of
///   this provider add "/" and a number. Where there is none, param1 is the name that people see, here
///   `displayName`.
std::optional<CrashEvent> ParseCrashXml(
    const std::string& xml, const ListCrashes& question, const std::string& displayName);

/// The query for events with one of these ids, of any provider or of one whose name begins with a small or a
/// capital letter: that changed from one Windows to the next.
std::string EventQuery(const std::vector<std::uint32_t>& ids, const std::string& provider = {});

} // namespace mars
