// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Scheduled tasks.
namespace mars
{

struct ScheduledTask
{
    /// "\Microsoft\OnlineBackup\Microsoft-OnlineBackup".
    std::string path;
    /// IRegisteredTask::get_Xml, as UTF-8 without a declaration. Trigger, account and overlap are read from
    /// it.
    std::string xml;
    bool enabled = true;
    /// IRegisteredTask::GetInstances; absent when the scheduler does not say.
    std::optional<std::uint32_t> runningInstances;
    /// LastTaskResult; absent when it never ran or is not told.
    std::optional<std::uint32_t> lastResult;
    std::optional<Timestamp> lastRun;
    std::optional<Timestamp> nextRun;
    std::optional<std::uint32_t> missedRuns;
    MARS_FIELDS(
        ScheduledTask, path, xml, enabled, runningInstances, lastResult, lastRun, nextRun, missedRuns);
    bool operator==(const ScheduledTask&) const = default;
};

struct TaskList
{
    std::vector<ScheduledTask> tasks;
    MARS_FIELDS(TaskList, tasks);
    bool operator==(const TaskList&) const = default;
};

/// All tasks directly in a folder, hidden ones too, by path. Absent: no such folder.
struct ListTasks
{
    using Value = TaskList;
    static constexpr std::string_view kName = "list_tasks";
    static constexpr std::string_view kKind = "tasks";
    std::string folder;
    MARS_FIELDS(ListTasks, folder);
};

extern template class ExchangeOf<ListTasks>;

} // namespace mars
