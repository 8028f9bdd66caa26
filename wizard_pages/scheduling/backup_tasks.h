// SPDX-License-Identifier: MIT
#pragma once

#include "agent_tasks.h"
#include "outcome.h"
#include "questions/tasks.h"
#include "task_xml.h"
#include "view.h"

#include <optional>
#include <string>
#include <vector>

/// The tasks that start the agent's backups, as every check of this page asks for them.
namespace mars::scheduling
{

/// A repair has to wait for the one of the account, see RepairProposal::reason.
inline constexpr const char* kTaskKeepsPassword = "task_keeps_password";

struct BackupTask
{
    /// Without its folder.
    std::string name;
    ScheduledTask task;
    TaskDefinition definition;
};

/// How each check ends on a DPM or MABS server, which has a schedule of its own; nothing where the check goes
/// on.
std::optional<Outcome> WhyManagedByDpm(const MachineView& machine);

/// The same for checks that also need the agent.
std::optional<Outcome> WhyNoSchedule(const MachineView& machine);

struct BackupTasks
{
    std::vector<BackupTask> tasks;
    /// The first task whose XML could not be read. It hides no problem of another task, but nothing passes
    /// with it.
    std::optional<Failure> unreadable;
    /// How the check ends without tasks to judge.
    std::optional<Outcome> end;

    /// For a check that found no problem.
    Outcome PassedUnlessUnreadable(Facts facts) const;
};

BackupTasks ReadBackupTasks(const MachineView& machine);

std::vector<std::string> NamesOf(const std::vector<BackupTask>& tasks);

/// True for a last result that is no mere state of the task (running, never run, queued).
bool IsFailedRun(std::uint32_t lastResult);

/// The tasks whose last run failed, "name: code"; codes that only tell of the state (running, never run,
/// queued) are no failures. Absent: no tasks.
Answer<std::vector<std::string>> FindFailedRuns(const MachineView& machine);

} // namespace mars::scheduling
