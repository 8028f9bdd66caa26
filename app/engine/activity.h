// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "view.h"

#include <string>
#include <vector>

namespace mars
{

enum class Activity
{
    /// At least two sources answered and none knows of a job.
    kFree,
    kBusy,
    /// Fewer than two sources answered, or there is an iSCSI session to this computer that may be the agent's
    /// or that of a storage program. Never shown as free.
    kUnknown,
};
template <>
struct EnumWords<Activity>
{
    static constexpr auto Words()
    {
        return std::array{std::string_view("free"), std::string_view("busy"), std::string_view("unknown")};
    }
};

struct ActivityReport
{
    Activity activity = Activity::kUnknown;
    /// Tokens of what is running: "task_running", "backup_started", "log_active", "recovery_volume_mounted".
    std::vector<std::string> signs;
    /// Sources that answered: "tasks", "events", "log", "iscsi".
    std::vector<std::string> answered;
};

/// Whether a backup or restore runs now: asked before a repair restarts the agent or touches its scratch
/// folder or iSCSI. Sources: the agent's tasks, its event channel, its log, and the iSCSI sessions to this
/// computer.
ActivityReport ReadActivity(const MachineView& machine);

} // namespace mars
