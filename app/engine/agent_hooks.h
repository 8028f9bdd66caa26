// SPDX-License-Identifier: MIT
#pragma once

#include "fields.h"
#include "outcome.h"
#include "questions/log.h"
#include "view.h"

#include <array>
#include <string>
#include <string_view>
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
MARS_WORDS(Activity, "free", "busy", "unknown");

struct ActivityReport
{
    Activity activity = Activity::kUnknown;
    /// Tokens of what is running: "task_running", "backup_started", "log_active", "recovery_volume_mounted".
    std::vector<std::string> signs;
    /// Sources that answered: "tasks", "events", "log", "iscsi".
    std::vector<std::string> answered;
};

/// What checks and repairs need to know of the software that they are about. The engine knows nothing of it;
/// MarsAgent() fills this in.
struct AgentHooks
{
    /// Whether it is at work now: asked before a repair interrupts it.
    ActivityReport (*activity)(const MachineView& machine) = nullptr;
    /// What is left of a problem of this root cause where the software works nevertheless.
    Outcome (*refute)(std::string_view id, Outcome outcome, const MachineView& machine) = nullptr;
    /// What these two look for in the software's log, beside the checks; null: nothing.
    std::vector<LogSearch> (*logSearches)() = nullptr;
};

} // namespace mars
