// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "questions/computer.h"
#include "questions/tasks.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mars::scheduling
{
namespace
{

constexpr const char* kServerBackupFolder = "\\Microsoft\\Windows\\Backup";
constexpr const char* kServerBackupTask = "Microsoft-Windows-WindowsBackup";

/// Two hours: what a backup may take before the other one starts.
constexpr int kMinutesApart = 120;
constexpr std::uint8_t kEveryDay = 0x7F;

struct StartTime
{
    /// Bit 0 = Sunday.
    std::uint8_t weekdays = 0;
    int minute = 0;
};

/// A trigger for one date counts on that day's weekday, as long as it is still to come.
std::uint8_t WeekdaysOf(const TaskTrigger& trigger, const LocalTime& start, const ClockReading& clock)
{
    if (trigger.kind != "TimeTrigger")
    {
        return trigger.weekdays;
    }
    const auto now = LocalTimeOf(ToIso8601(clock.now), clock);
    const bool toCome = now && std::pair(start.day, start.minute) >= std::pair(now->day, now->minute);
    return toCome ? static_cast<std::uint8_t>(1U << start.Weekday()) : std::uint8_t{0};
}

std::vector<StartTime> StartTimesOf(const TaskDefinition& task, const ClockReading& clock, bool onlyEnabled)
{
    std::vector<StartTime> times;
    for (const TaskTrigger& trigger : task.triggers)
    {
        const auto start = LocalTimeOf(trigger.startBoundary, clock);
        if (!start || HasEnded(trigger, clock) || (onlyEnabled && !trigger.enabled))
        {
            continue;
        }
        if (const std::uint8_t weekdays = WeekdaysOf(trigger, *start, clock))
        {
            times.push_back({weekdays, start->minute});
        }
    }
    return times;
}

bool AreClose(const StartTime& a, const StartTime& b)
{
    return (a.weekdays & b.weekdays) != 0 && std::abs(a.minute - b.minute) < kMinutesApart;
}

/// "21:00", or with the days "21:00 Mon Fri" as numbers of the week would not be read.
std::string Shown(const StartTime& time)
{
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    std::string text = fmt::format("{:02}:{:02}", time.minute / 60, time.minute % 60);
    for (std::size_t day = 0; time.weekdays != kEveryDay && day < kDays.size(); ++day)
    {
        text += (time.weekdays & (1U << day)) != 0 ? fmt::format(" {}", kDays[day]) : std::string();
    }
    return text;
}

std::vector<std::string> Shown(const std::vector<StartTime>& times)
{
    std::vector<std::string> texts;
    std::ranges::transform(
        times, std::back_inserter(texts), [](const StartTime& time) { return Shown(time); });
    return texts;
}

/// Absent: Windows Server Backup has no schedule, or it is switched off.
Answer<TaskDefinition> FindServerBackup(const MachineView& machine)
{
    const auto list = machine.Ask(ListTasks{kServerBackupFolder});
    if (!list)
    {
        return list.HasFailed() ? Answer<TaskDefinition>(list.Error()) : Absent{};
    }
    const auto task = std::ranges::find_if(list->tasks,
        [](const ScheduledTask& one) { return EqualsIgnoreCase(FileNameOf(one.path), kServerBackupTask); });
    return task == list->tasks.end() || !task->enabled ? Answer<TaskDefinition>(Absent{})
                                                       : ReadTaskDefinition(task->xml);
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const BackupTasks found = ReadBackupTasks(machine);
    if (found.end)
    {
        return *found.end;
    }
    const auto serverBackup = FindServerBackup(machine);
    if (serverBackup.HasFailed())
    {
        return Outcome::CouldNotCheck(serverBackup.Error());
    }
    if (serverBackup.IsAbsent())
    {
        return Outcome::Passed({{"case", "no_server_backup"}});
    }
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        return Outcome::CouldNotCheck(
            clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "read the clock"});
    }
    const auto theirs = StartTimesOf(*serverBackup, *clock, true);
    std::vector<StartTime> ours;
    for (const BackupTask& task : found.tasks)
    {
        // Triggers that are off too: that is a fault of its own, and putting it right must not lead into this
        // one.
        std::ranges::copy(StartTimesOf(task.definition, *clock, false), std::back_inserter(ours));
    }
    Facts facts{{"server_backup_times", Shown(theirs)}, {"agent_times", Shown(ours)}};
    const bool conflict = std::ranges::any_of(ours, [&](const StartTime& our) {
        return std::ranges::any_of(theirs, [&](const StartTime& their) { return AreClose(our, their); });
    });
    if (conflict)
    {
        facts["case"] = "close";
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    return found.PassedUnlessUnreadable(std::move(facts));
}

} // namespace

const RootCause& WindowsServerBackupConflict()
{
    static constexpr RootCause kCause{
        "scheduling.windows_server_backup_conflict", "S-10", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
