// SPDX-License-Identifier: MIT
#include "backup_tasks.h"

#include "agent.h"
#include "questions/registry.h"
#include "questions/tasks.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::scheduling
{
namespace
{

constexpr const char* kDpmKey = "HKLM\\SOFTWARE\\Microsoft\\Microsoft Data Protection Manager";

/// SCHED_S_TASK_READY, RUNNING, DISABLED, HAS_NOT_RUN and QUEUED.
constexpr std::array<std::uint32_t, 6> kNoFailures{0, 0x41300, 0x41301, 0x41302, 0x41303, 0x41325};

/// Absent: not such a server. The protection agent of DPM has the Setup key too, but no database.
Answer<bool> HasDpmServer(const MachineView& machine)
{
    const auto path = machine.Ask(ReadRegistryValue{{std::string(kDpmKey) + "\\Setup", "InstallPath"}});
    if (!path)
    {
        return path.HasFailed() ? Answer<bool>(path.Error()) : Answer<bool>(Absent{});
    }
    const auto database = machine.Ask(ListRegistryKey{std::string(kDpmKey) + "\\DB"});
    if (!database)
    {
        return database.HasFailed() ? Answer<bool>(database.Error()) : Answer<bool>(Absent{});
    }
    return true;
}

} // namespace

std::optional<Outcome> WhyManagedByDpm(const MachineView& machine)
{
    const auto server = HasDpmServer(machine);
    if (server.HasFailed())
    {
        return Outcome::CouldNotCheck(server.Error());
    }
    return server ? std::optional(Outcome::NotApplicable(reason::kManagedByDpm)) : std::nullopt;
}

std::optional<Outcome> WhyNoSchedule(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    return agent ? WhyManagedByDpm(machine) : std::optional(WithoutAgent(agent));
}

Outcome BackupTasks::PassedUnlessUnreadable(Facts facts) const
{
    return unreadable ? Outcome::CouldNotCheck(*unreadable, std::move(facts))
                      : Outcome::Passed(std::move(facts));
}

BackupTasks ReadBackupTasks(const MachineView& machine)
{
    BackupTasks found;
    found.end = WhyNoSchedule(machine);
    if (found.end)
    {
        return found;
    }
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        found.end = Outcome::CouldNotCheck(list.Error());
        return found;
    }
    if (list.IsAbsent() || list->tasks.empty())
    {
        found.end = Outcome::NotApplicable(reason::kTaskMissing);
        return found;
    }
    for (const ScheduledTask& task : list->tasks)
    {
        auto definition = ReadTaskDefinition(task.xml);
        std::string name(FileNameOf(task.path));
        if (definition)
        {
            found.tasks.push_back({std::move(name), task, std::move(*definition)});
        }
        else if (!found.unreadable)
        {
            found.unreadable =
                Failure{definition.Error().code, fmt::format("{}: {}", name, definition.Error().what)};
        }
    }
    return found;
}

std::vector<std::string> NamesOf(const std::vector<BackupTask>& tasks)
{
    std::vector<std::string> names;
    std::ranges::transform(tasks, std::back_inserter(names), &BackupTask::name);
    return names;
}

bool IsFailedRun(std::uint32_t lastResult)
{
    return std::ranges::find(kNoFailures, lastResult) == kNoFailures.end();
}

Answer<std::vector<std::string>> FindFailedRuns(const MachineView& machine)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (!list)
    {
        return list.HasFailed() ? Answer<std::vector<std::string>>(list.Error())
                                : Answer<std::vector<std::string>>(Absent{});
    }
    std::vector<std::string> failed;
    for (const ScheduledTask& task : list->tasks)
    {
        if (task.lastResult && IsFailedRun(*task.lastResult))
        {
            failed.push_back(
                fmt::format("{}: {} (0x{:X})", FileNameOf(task.path), *task.lastResult, *task.lastResult));
        }
    }
    return failed;
}

} // namespace mars::scheduling
