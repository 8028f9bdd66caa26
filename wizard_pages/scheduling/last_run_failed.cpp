// SPDX-License-Identifier: MIT
#include "agent_events.h"
#include "backup_tasks.h"
#include "last_backup.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::scheduling
{
namespace
{

/// "A scheduled backup failed while it was starting."
constexpr std::uint32_t kStartFailed = 18;

/// The text that explains a result.
struct Explained
{
    std::uint32_t code;
    const char* textCase;
};
constexpr std::array kExplained{
    Explained{0x1, "script_failed"},
    Explained{0x2, "program_missing"},
    Explained{0x3, "program_missing"},
    Explained{0x80070002, "program_missing"},
    Explained{0x80070003, "program_missing"},
    Explained{0x5, "access_denied"},
    Explained{0x80070005, "access_denied"},
    Explained{0x8007052E, "account_refused"},
    Explained{0x80070569, "account_refused"},
    Explained{0x8004130F, "account_refused"},
    Explained{0x80041310, "account_refused"},
    Explained{0x41306, "ended"},
    Explained{0xC000013A, "ended"},
    Explained{0x800710E0, "refused"},
    Explained{0x8004131F, "already_running"},
};

const char* CaseOf(std::uint32_t result)
{
    const auto found = std::ranges::find(kExplained, result, &Explained::code);
    return found == kExplained.end() ? "other_code" : found->textCase;
}

/// The newest event of a start that failed, where no backup succeeded since. Absent: none.
Answer<Timestamp> FindFailedStart(const MachineView& machine)
{
    const auto events = ReadAgentEvents(machine, {kStartFailed});
    if (events.HasFailed())
    {
        return events.Error();
    }
    if (!events || events->events.empty())
    {
        return Absent{};
    }
    const Timestamp failed = events->events.front().time;
    const auto success = ReadLastSuccess(machine);
    if (success.HasFailed())
    {
        return success.Error();
    }
    return success && *success > failed ? Answer<Timestamp>(Absent{}) : failed;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const BackupTasks found = ReadBackupTasks(machine);
    if (found.end)
    {
        return *found.end;
    }
    Facts facts{{"tasks", NamesOf(found.tasks)}};
    std::vector<std::string> failed;
    std::optional<std::uint32_t> first;
    std::int64_t missed = 0;
    std::optional<Timestamp> lastRun;
    for (const BackupTask& task : found.tasks)
    {
        missed += task.task.missedRuns.value_or(0);
        lastRun = std::max(lastRun, task.task.lastRun);
        if (const auto result = task.task.lastResult; result && IsFailedRun(*result))
        {
            failed.push_back(fmt::format("{}: {} (0x{:X})", task.name, *result, *result));
            first = first.value_or(*result);
        }
    }
    facts["missed_runs"] = missed;
    if (lastRun)
    {
        facts["last_run"] = *lastRun;
    }
    const auto failedStart = FindFailedStart(machine);
    if (failedStart)
    {
        facts["start_failed"] = *failedStart;
    }
    if (first)
    {
        facts["case"] = CaseOf(*first);
        facts["failed_runs"] = std::move(failed);
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    if (failedStart)
    {
        facts["case"] = "start_failed";
        return Outcome::Problem(Level::kWarning, std::move(facts));
    }
    return failedStart.HasFailed() ? Outcome::CouldNotCheck(failedStart.Error(), std::move(facts))
                                   : found.PassedUnlessUnreadable(std::move(facts));
}

} // namespace

const RootCause& LastRunFailed()
{
    static constexpr RootCause kCause{
        "scheduling.last_run_failed", "S-12", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
