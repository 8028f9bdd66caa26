// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "root_cause.h"

#include <fmt/format.h>

namespace mars::scheduling
{
namespace
{

/// "Do not start a new instance".
constexpr const char* kWanted = "IgnoreNew";

Outcome Detect(const MachineView& machine, const Given&)
{
    const BackupTasks found = ReadBackupTasks(machine);
    if (found.end)
    {
        return *found.end;
    }
    Facts facts{{"tasks", NamesOf(found.tasks)}};
    std::vector<std::string> overlapping;
    for (const BackupTask& task : found.tasks)
    {
        if (task.definition.overlap != kWanted)
        {
            overlapping.push_back(fmt::format("{}: {}", task.name, task.definition.overlap));
        }
    }
    if (overlapping.empty())
    {
        return found.PassedUnlessUnreadable(std::move(facts));
    }
    facts["overlapping_tasks"] = std::move(overlapping);
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    Plan plan;
    for (const BackupTask& task : ReadBackupTasks(machine).tasks)
    {
        if (task.definition.overlap == kWanted)
        {
            continue;
        }
        if (task.definition.principal.keepsPassword)
        {
            return RepairProposal::Held(kTaskKeepsPassword);
        }
        plan.changes.emplace_back(
            SetTaskOverlap{task.task.path, Overlap(task.task.xml).ValueOr({}), kWanted});
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& OverlappingRuns()
{
    static constexpr RootCause kCause{
        "scheduling.overlapping_runs", "S-11", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::scheduling
