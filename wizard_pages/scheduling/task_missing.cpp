// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "questions/tasks.h"
#include "root_cause.h"
#include "text.h"

namespace mars::scheduling
{
namespace
{

Outcome Detect(const MachineView& machine, const Given&)
{
    if (const auto end = WhyNoSchedule(machine))
    {
        return *end;
    }
    Facts facts{{"folder", kTaskFolder}};
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        return Outcome::CouldNotCheck(list.Error(), std::move(facts));
    }
    if (list.IsAbsent() || list->tasks.empty())
    {
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    std::vector<std::string> names;
    for (const ScheduledTask& task : list->tasks)
    {
        names.emplace_back(FileNameOf(task.path));
    }
    facts["tasks"] = std::move(names);
    return Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& TaskMissing()
{
    static constexpr RootCause kCause{
        "scheduling.task_missing", "S-1", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
