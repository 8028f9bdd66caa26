// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "questions/computer.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::scheduling
{
namespace
{

bool MayEnd(const BackupTask& task)
{
    return std::ranges::any_of(
        task.definition.triggers, [](const TaskTrigger& trigger) { return !trigger.endBoundary.empty(); });
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const BackupTasks found = ReadBackupTasks(machine);
    if (found.end)
    {
        return *found.end;
    }
    Facts facts{{"tasks", NamesOf(found.tasks)}};
    std::optional<ClockReading> clock;
    if (std::ranges::any_of(found.tasks, MayEnd))
    {
        const auto reading = machine.Ask(ReadClock{});
        if (!reading)
        {
            return Outcome::CouldNotCheck(
                reading.HasFailed() ? reading.Error() : Failure{code::kNotSupported, "read the clock"},
                std::move(facts));
        }
        clock = *reading;
    }
    std::vector<std::string> disabled;
    std::vector<std::string> without;
    std::vector<std::string> ended;
    for (const BackupTask& task : found.tasks)
    {
        const auto& triggers = task.definition.triggers;
        for (std::size_t i = 0; i < triggers.size(); ++i)
        {
            if (!triggers[i].enabled)
            {
                disabled.push_back(fmt::format("{} #{}", task.name, i + 1));
            }
        }
        if (triggers.empty())
        {
            without.push_back(task.name);
        }
        else if (clock && std::ranges::all_of(triggers, [&](const TaskTrigger& trigger) {
                     return HasEnded(trigger, *clock);
                 }))
        {
            ended.push_back(task.name);
        }
    }
    if (disabled.empty() && without.empty() && ended.empty())
    {
        return found.PassedUnlessUnreadable(std::move(facts));
    }
    facts["case"] = !disabled.empty() ? "disabled" : !without.empty() ? "no_trigger" : "ended";
    if (!disabled.empty())
    {
        facts["disabled_triggers"] = std::move(disabled);
    }
    if (!without.empty())
    {
        facts["tasks_without_trigger"] = std::move(without);
    }
    if (!ended.empty())
    {
        facts["ended_tasks"] = std::move(ended);
    }
    return Outcome::Problem(Level::kError, std::move(facts));
}

RepairProposal Repair(const MachineView& machine, const Given&, const Outcome& outcome)
{
    if (outcome.IsProblem() && outcome.Text("case") != "disabled")
    {
        return RepairProposal::Guided();
    }
    Plan plan;
    for (const BackupTask& task : ReadBackupTasks(machine).tasks)
    {
        for (std::size_t i = 0; i < task.definition.triggers.size(); ++i)
        {
            const TaskTrigger& trigger = task.definition.triggers[i];
            if (trigger.enabled)
            {
                continue;
            }
            if (task.definition.principal.keepsPassword)
            {
                return RepairProposal::Held(kTaskKeepsPassword);
            }
            plan.changes.emplace_back(SetTriggerEnabled{
                task.task.path, static_cast<std::uint32_t>(i + 1), trigger.fingerprint, false, true});
        }
    }
    return plan.changes.empty() ? RepairProposal::NothingToDo() : RepairProposal::Planned(std::move(plan));
}

} // namespace

const RootCause& TriggerDisabled()
{
    static constexpr RootCause kCause{
        "scheduling.trigger_disabled", "S-3", RepairKind::kOneClick, true, Detect, Repair};
    return kCause;
}

} // namespace mars::scheduling
