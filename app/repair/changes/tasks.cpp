// SPDX-License-Identifier: MIT
#include "changes/tasks.h"

#include "questions/tasks.h"
#include "task_xml.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

namespace
{

Answer<ScheduledTask> ReadTask(const std::string& path, const Machine& machine, const Wait& wait)
{
    const auto list = machine.Ask(ListTasks{std::string(FolderOf(path))}, wait);
    if (!list)
    {
        return WhyNoValue(list, path);
    }
    const auto found = std::ranges::find_if(
        list->tasks, [&](const ScheduledTask& task) { return EqualsIgnoreCase(task.path, path); });
    if (found == list->tasks.end())
    {
        return ChangedSince(path);
    }
    return *found;
}

/// Reads the task, edits its XML and writes it back.
template <class Edit>
Status EditTask(const std::string& path, const ChangeContext& context, Edit edit)
{
    const auto task = ReadTask(path, context.machine, context.wait);
    if (!task)
    {
        return task.Error();
    }
    const Answer<std::string> edited = edit(task->xml);
    if (!edited)
    {
        return WhyNoValue(edited, path);
    }
    return context.changer.UpdateTask(path, *edited);
}

} // namespace

Answer<ChangeState> State(const SetTaskEnabled& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    return StateOf(task->enabled, change.before, change.after);
}

Status Make(const SetTaskEnabled& change, const ChangeContext& context)
{
    return context.changer.SetTaskEnabled(change.task, change.after);
}

Status TakeBack(const SetTaskEnabled& change, const ChangeContext& context)
{
    return context.changer.SetTaskEnabled(change.task, change.before);
}

Answer<ChangeState> State(const SetTriggerEnabled& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    const auto enabled = TriggerEnabled(task->xml, change.trigger, change.fingerprint);
    if (enabled.HasFailed())
    {
        return enabled.Error();
    }
    return enabled ? StateOf(*enabled, change.before, change.after) : ChangeState::kElsewhere;
}

Status Make(const SetTriggerEnabled& change, const ChangeContext& context)
{
    return EditTask(change.task, context, [&](const std::string& xml) {
        return SwitchTrigger(xml, change.trigger, change.fingerprint, change.after);
    });
}

Status TakeBack(const SetTriggerEnabled& change, const ChangeContext& context)
{
    return EditTask(change.task, context, [&](const std::string& xml) {
        return SwitchTrigger(xml, change.trigger, change.fingerprint, change.before);
    });
}

Answer<ChangeState> State(const SetTaskAccount& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    const auto element = PrincipalsElement(task->xml);
    if (element.HasFailed())
    {
        return element.Error();
    }
    return StateOf(element ? *element : std::string(), change.before, change.after);
}

Status Make(const SetTaskAccount& change, const ChangeContext& context)
{
    return EditTask(
        change.task, context, [&](const std::string& xml) { return ReplacePrincipals(xml, change.after); });
}

Status TakeBack(const SetTaskAccount& change, const ChangeContext& context)
{
    if (change.dropsPassword)
    {
        return Failure{code::kNotSupported, change.task};
    }
    return EditTask(
        change.task, context, [&](const std::string& xml) { return ReplacePrincipals(xml, change.before); });
}

Answer<ChangeState> State(const SetTaskOverlap& change, const Machine& machine, const Wait& wait)
{
    const auto task = ReadTask(change.task, machine, wait);
    if (!task)
    {
        return task.Error();
    }
    const auto policy = Overlap(task->xml);
    if (policy.HasFailed())
    {
        return policy.Error();
    }
    return StateOf(policy ? *policy : std::string(), change.before, change.after);
}

Status Make(const SetTaskOverlap& change, const ChangeContext& context)
{
    return EditTask(
        change.task, context, [&](const std::string& xml) { return SetOverlap(xml, change.after); });
}

Status TakeBack(const SetTaskOverlap& change, const ChangeContext& context)
{
    return EditTask(
        change.task, context, [&](const std::string& xml) { return SetOverlap(xml, change.before); });
}

} // namespace mars::changes
