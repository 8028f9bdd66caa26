// SPDX-License-Identifier: MIT
#include "tasks.h"

#include "computer.h"
#include "error.h"
#include "file_time.h"
#include "own_accounts.h"
#include "questions/tasks.h"
#include "task_scheduler.h"

#include <algorithm>

namespace mars
{

namespace
{

/// SCHED_S_TASK_HAS_NOT_RUN.
constexpr std::uint32_t kHasNotRun = 0x00041303;

// The getters below are not told by every scheduler. Only S_OK counts: a task that has not run yet answers
// with another success code and no value.

std::optional<std::uint32_t> RunningInstances(IRegisteredTask& task)
{
    ComPtr<IRunningTaskCollection> running;
    LONG count = 0;
    const bool told = task.GetInstances(0, running.Receive()) == S_OK && running->get_Count(&count) == S_OK;
    return told ? std::optional(static_cast<std::uint32_t>(count)) : std::nullopt;
}

std::optional<std::uint32_t> LastResult(IRegisteredTask& task)
{
    LONG value = 0;
    const bool told = task.get_LastTaskResult(&value) == S_OK;
    const auto result = static_cast<std::uint32_t>(value);
    return told && result != kHasNotRun ? std::optional(result) : std::nullopt;
}

std::optional<std::uint32_t> MissedRuns(IRegisteredTask& task)
{
    LONG count = 0;
    const bool told = task.get_NumberOfMissedRuns(&count) == S_OK;
    return told ? std::optional(static_cast<std::uint32_t>(count)) : std::nullopt;
}

std::optional<Timestamp> LastRun(IRegisteredTask& task)
{
    DATE date = 0;
    return task.get_LastRunTime(&date) == S_OK ? TimeFromLocalDate(date) : std::nullopt;
}

std::optional<Timestamp> NextRun(IRegisteredTask& task)
{
    DATE date = 0;
    return task.get_NextRunTime(&date) == S_OK ? TimeFromLocalDate(date) : std::nullopt;
}

Answer<ScheduledTask> Describe(IRegisteredTask& task, const std::vector<OwnAccount>& accounts)
{
    ScheduledTask described;
    Bstr path;
    VARIANT_BOOL enabled = VARIANT_TRUE;
    for (const HRESULT result : {task.get_Path(path.Receive()), task.get_Enabled(&enabled)})
    {
        if (FAILED(result))
        {
            return FailureFrom(static_cast<std::uint32_t>(result), "IRegisteredTask");
        }
    }
    Answer<std::string> xml = ReadTaskXml(task);
    if (!xml)
    {
        return xml.Error();
    }
    described.path = path.Text();
    described.xml = WithSids(std::move(*xml), accounts);
    described.enabled = enabled != VARIANT_FALSE;
    described.runningInstances = RunningInstances(task);
    described.lastResult = LastResult(task);
    described.lastRun = LastRun(task);
    described.nextRun = NextRun(task);
    described.missedRuns = MissedRuns(task);
    return described;
}

Answer<ScheduledTask> DescribeItem(
    IRegisteredTaskCollection& tasks, LONG index, const std::vector<OwnAccount>& accounts)
{
    ComPtr<IRegisteredTask> task;
    const HRESULT result = tasks.get_Item(Variant(index).Get(), task.Receive());
    if (FAILED(result))
    {
        return FailureFrom(static_cast<std::uint32_t>(result), "IRegisteredTaskCollection::get_Item");
    }
    return Describe(*task.Get(), accounts);
}

Answer<TaskList> DescribeAll(IRegisteredTaskCollection& tasks, LONG count, const Wait& wait)
{
    const std::vector<OwnAccount> accounts = OwnAccounts();
    TaskList list;
    for (LONG i = 1; i <= count; ++i)
    {
        if (wait.IsOver())
        {
            return wait.WhyOver("list tasks");
        }
        Answer<ScheduledTask> task = DescribeItem(tasks, i, accounts);
        if (!task)
        {
            return task.Error();
        }
        list.tasks.push_back(std::move(*task));
    }
    std::sort(
        list.tasks.begin(), list.tasks.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return list;
}

Answer<TaskList> ListFolder(const std::string& path, const Wait& wait)
{
    const ComApartment apartment;
    const Answer<ComPtr<ITaskFolder>> folder = OpenTaskFolder(path);
    if (!folder)
    {
        return folder.HasFailed() ? Answer<TaskList>(folder.Error()) : Absent{};
    }
    ComPtr<IRegisteredTaskCollection> tasks;
    LONG count = 0;
    HRESULT result = (*folder)->GetTasks(TASK_ENUM_HIDDEN, tasks.Receive());
    result = FAILED(result) ? result : tasks->get_Count(&count);
    if (FAILED(result))
    {
        return FailureFrom(static_cast<std::uint32_t>(result), "ITaskFolder::GetTasks", path);
    }
    return DescribeAll(*tasks.Get(), count, wait);
}

} // namespace

Answer<TaskList> AskWindows(const ListTasks& question, const WindowsMachineOptions&, const Wait& wait)
{
    Answer<TaskList> list = ListFolder(question.folder, wait);
    const bool nothing = list.IsAbsent() || (list && list->tasks.empty());
    // The scheduler hides from others what only administrators may read, and does not say so.
    if (nothing && !RunsElevated())
    {
        return FailureFrom(code::kAccessDenied, "ITaskFolder::GetTasks", question.folder);
    }
    return list;
}

} // namespace mars
