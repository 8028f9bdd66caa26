// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "questions/computer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A scheduled task's XML, as IRegisteredTask::get_Xml gives it. Reading is for checks; each edit changes one
/// setting and returns the whole text, everything else as it was. Text that is no task, or that no Task
/// Scheduler would write (over 1 MiB, deeply nested, with a DTD), is a failure with code::kInvalidData.
namespace mars
{

struct TaskTrigger
{
    /// The element's name, "CalendarTrigger".
    std::string kind;
    bool enabled = true;
    /// xs:dateTime as written; empty: never ends.
    std::string endBoundary;
    /// The time from which it counts, and for schedules also the time of day; as written.
    std::string startBoundary;
    /// Days of the week on which it may start, bit 0 = Sunday; 0: it does not go by the calendar.
    std::uint8_t weekdays = 0;
    /// The longest time between two starts, in days; 0: it does not go by the calendar.
    int longestGapDays = 0;
    /// Of what the rest of the trigger means, without its Enabled: stays the same when it is switched or when
    /// the scheduler prints it anew.
    std::string fingerprint;
};

/// What a boundary says in this computer's local time; the days are those since 1970.
struct LocalTime
{
    std::int64_t day = 0;
    int minute = 0;
    /// 0 = Sunday.
    int Weekday() const;
};

/// Nothing where the boundary cannot be read. A boundary without an offset is local time already.
std::optional<LocalTime> LocalTimeOf(std::string_view boundary, const ClockReading& clock);

/// Local time where the boundary has no offset. A boundary that cannot be read has not ended.
bool HasEnded(const TaskTrigger& trigger, const ClockReading& clock);

struct TaskPrincipal
{
    /// SID or name, as the XML has it; empty: the XML names nobody.
    std::string account;
    bool isSystem = false;
    /// The group of local administrators.
    bool isAdministrators = false;
    /// The scheduler keeps this account's password: only who knows it can write the task.
    bool keepsPassword = false;
};

struct TaskAction
{
    std::string command;
    std::string arguments;
};

struct TaskDefinition
{
    std::vector<TaskTrigger> triggers;
    TaskPrincipal principal;
    std::vector<TaskAction> actions;
    /// MultipleInstancesPolicy; "IgnoreNew" where it is not written.
    std::string overlap;
};

Answer<TaskDefinition> ReadTaskDefinition(std::string_view xml);

/// The present value of one setting, for "changed since". Absent: no such trigger there, or another one.
Answer<bool> TriggerEnabled(std::string_view xml, std::uint32_t trigger, std::string_view fingerprint);
/// The <Principals> element in one line and in one form for all that means the same. Absent: there is none.
Answer<std::string> PrincipalsElement(std::string_view xml);
/// Absent: MultipleInstancesPolicy is not written.
Answer<std::string> Overlap(std::string_view xml);

/// The task's <Principals> element with the SYSTEM account in place of the present one; the run level stays.
Answer<std::string> PrincipalsForSystem(std::string_view xml);

/// The edits. They give the whole XML or a failure, never "absent". `trigger` counts from 1; another trigger
/// in its place is code::kChangedSince.
Answer<std::string> SwitchTrigger(
    std::string_view xml, std::uint32_t trigger, std::string_view fingerprint, bool enabled);
Answer<std::string> ReplacePrincipals(std::string_view xml, std::string_view element);
/// An empty policy removes the element.
Answer<std::string> SetOverlap(std::string_view xml, std::string_view policy);

} // namespace mars
