// SPDX-License-Identifier: MIT
#include "refutation.h"

#include "agent.h"
#include "agent_tasks.h"
#include "known_errors.h"
#include "last_backup.h"
#include "log_findings.h"
#include "questions/computer.h"
#include "questions/log.h"
#include "questions/tasks.h"
#include "task_xml.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace mars
{
namespace
{

constexpr std::chrono::hours kAtLeast{24};

/// 0: it starts no backup by the calendar any more.
int LongestGapDays(const ScheduledTask& task, const ClockReading& clock)
{
    const auto definition = ReadTaskDefinition(task.xml);
    int days = 0;
    if (task.enabled && definition)
    {
        for (const TaskTrigger& trigger : definition->triggers)
        {
            days =
                trigger.enabled && !HasEnded(trigger, clock) ? std::max(days, trigger.longestGapDays) : days;
        }
    }
    return days;
}

bool IsSameKind(const std::vector<KnownError>& known, std::string_view id, const LogError& error)
{
    return error.section == id.substr(0, id.find('.'))
        || std::ranges::any_of(known, [&](const KnownError& one) {
               return IsSameError(one, error) && std::ranges::find(one.causes, id) != one.causes.end();
           });
}

/// True as well where the log does not tell.
bool MayHaveFailedSince(
    const Knowledge& knowledge, std::string_view id, Timestamp success, const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return true;
    }
    const auto scan = machine.Ask(ScanAgentLogs{agent->LogFolder(), LogErrorPatterns(), true});
    if (!scan)
    {
        return scan.HasFailed();
    }
    const std::vector<KnownError> known = KnownErrors(knowledge);
    return !scan->Covers(success)
        || std::ranges::any_of(FindLogErrors(*scan, success),
            [&](const LogFinding& finding) { return IsSameKind(known, id, *finding.error); });
}

} // namespace

Answer<std::chrono::seconds> ReadScheduleInterval(const MachineView& machine)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    const auto clock = machine.Ask(ReadClock{});
    if (list.HasFailed() || !clock)
    {
        return list.HasFailed() ? list.Error()
            : clock.HasFailed() ? clock.Error()
                                : Failure{code::kNotSupported, "read the clock"};
    }
    int days = 0;
    for (const ScheduledTask& task : list.ValueOr({}).tasks)
    {
        // The task that starts most often: where it works, a success is never older than its gap.
        const int gap = LongestGapDays(task, *clock);
        days = days == 0 || (gap != 0 && gap < days) ? gap : days;
    }
    return days == 0 ? Answer<std::chrono::seconds>(Absent{})
                     : Answer<std::chrono::seconds>(std::chrono::days(days));
}

std::optional<Timestamp> ReadRecentSuccess(const MachineView& machine)
{
    const auto success = ReadLastSuccess(machine);
    const auto clock = machine.Ask(ReadClock{});
    const auto interval = ReadScheduleInterval(machine);
    if (!success || !clock || interval.HasFailed())
    {
        return std::nullopt;
    }
    const std::chrono::seconds limit =
        std::max<std::chrono::seconds>(kAtLeast, 2 * interval.ValueOr(std::chrono::seconds(0)));
    return *success <= clock->now && clock->now - *success <= limit ? std::optional(*success) : std::nullopt;
}

Outcome RefuteBySuccess(
    const Knowledge& knowledge, std::string_view id, Outcome outcome, const MachineView& machine)
{
    if (!outcome.IsProblem() || outcome.level == Level::kAdvice)
    {
        return outcome;
    }
    const std::optional<Refuted> refuted = knowledge.RefutedBySuccess(id, outcome);
    const std::optional<Timestamp> success = refuted ? ReadRecentSuccess(machine) : std::nullopt;
    if (!success || MayHaveFailedSince(knowledge, id, *success, machine))
    {
        return outcome;
    }
    // The text of what was found, not that of a check that found nothing.
    outcome.facts.try_emplace("case", std::string(WordOf(outcome.kind)));
    outcome.facts[kWorksAnyway] = *success;
    outcome.level = *refuted == Refuted::kAdvice ? Level::kAdvice : Level::kError;
    outcome.kind = *refuted == Refuted::kAdvice ? OutcomeKind::kProblem : OutcomeKind::kPassed;
    return outcome;
}

} // namespace mars
