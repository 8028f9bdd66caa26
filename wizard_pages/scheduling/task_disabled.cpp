// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "questions/tasks.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>
#include <string_view>

namespace mars::scheduling
{
namespace
{

/// Which backup does not start by itself; empty where none does.
std::string CaseOf(const std::vector<std::string>& all, const std::vector<std::string>& disabled)
{
    if (std::ranges::all_of(disabled, IsSystemStateTask))
    {
        return "system_state";
    }
    const bool onlyFiles = std::ranges::none_of(disabled, IsSystemStateTask);
    return onlyFiles && std::ranges::any_of(all, IsSystemStateTask) ? "files" : std::string();
}

/// Needs no task's XML: the scheduler itself says whether a task is enabled.
Outcome Detect(const MachineView& machine, const Given&)
{
    if (const auto end = WhyNoSchedule(machine))
    {
        return *end;
    }
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        return Outcome::CouldNotCheck(list.Error());
    }
    if (list.IsAbsent() || list->tasks.empty())
    {
        return Outcome::NotApplicable(reason::kTaskMissing);
    }
    std::vector<std::string> all;
    std::vector<std::string> disabled;
    for (const ScheduledTask& task : list->tasks)
    {
        all.emplace_back(FileNameOf(task.path));
        if (!task.enabled)
        {
            disabled.emplace_back(FileNameOf(task.path));
        }
    }
    const std::string which = CaseOf(all, disabled);
    Facts facts{{"tasks", std::move(all)}};
    if (disabled.empty())
    {
        return Outcome::Passed(std::move(facts));
    }
    if (!which.empty())
    {
        facts["case"] = which;
    }
    facts["disabled_tasks"] = std::move(disabled);
    return Outcome::Problem(Level::kError, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome&)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    Plan plan;
    for (const ScheduledTask& task : list.ValueOr({}).tasks)
    {
        if (!task.enabled)
        {
            plan.changes.emplace_back(SetTaskEnabled{task.path, false, true});
        }
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& TaskDisabled()
{
    static constexpr RootCause kCause{
        "scheduling.task_disabled", "S-2", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::scheduling
