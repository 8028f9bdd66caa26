// SPDX-License-Identifier: MIT
#include "activity.h"

#include "agent.h"
#include "agent_events.h"
#include "agent_tasks.h"
#include "iscsi_sessions.h"
#include "questions/computer.h"
#include "questions/devices.h"
#include "questions/log.h"
#include "questions/tasks.h"

#include <algorithm>
#include <array>
#include <optional>

namespace mars
{

namespace
{

constexpr std::uint32_t kBackupStarted = 1;
/// How the targets of Azure Backup's recovery volumes are called (the scripts that its portal hands out).
constexpr std::string_view kRecoveryTargets = "iqn.2016-01.microsoft.azure.backup";
/// A job writes to the log all the time; silence of this length means that none runs.
constexpr std::chrono::minutes kLogSilence{5};

struct Findings
{
    ActivityReport report;
    /// Something may be a job and may be none.
    bool unsure = false;

    void Answered(const char* source)
    {
        report.answered.emplace_back(source);
    }
    void Sign(const char* sign)
    {
        report.signs.emplace_back(sign);
    }
};

void LookAtTasks(const MachineView& machine, Findings& findings)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (!list)
    {
        return;
    }
    const auto told = [](const ScheduledTask& task) { return task.runningInstances.has_value(); };
    if (std::ranges::any_of(list->tasks, told))
    {
        findings.Answered("tasks");
    }
    if (std::ranges::any_of(
            list->tasks, [](const ScheduledTask& task) { return task.runningInstances.value_or(0) > 0; }))
    {
        findings.Sign("task_running");
    }
}

void LookAtEvents(const MachineView& machine, Findings& findings)
{
    // 1 = started; 3, 10, 11 = ended well, with warnings, with an error.
    const auto events = ReadAgentEvents(machine, {1, 3, 10, 11});
    if (!events)
    {
        return;
    }
    findings.Answered("events");
    if (!events->events.empty() && events->events.front().id == kBackupStarted)
    {
        findings.Sign("backup_started");
    }
}

void LookAtLog(const MachineView& machine, Findings& findings)
{
    const auto agent = FindAgent(machine);
    const auto clock = machine.Ask(ReadClock{});
    if (!agent || !clock)
    {
        return;
    }
    const auto scan = machine.Ask(ScanAgentLogs{JoinPath(agent->installPath, "Temp"), {}});
    if (!scan)
    {
        return;
    }
    const auto age = scan->newest ? std::optional(clock->now - *scan->newest) : std::nullopt;
    if (age && *age <= -kLogSilence)
    {
        // A line of the time to come: the clock was set, or the log came from elsewhere.
        return;
    }
    const bool active = age && *age < kLogSilence;
    // Where a part could not be read the newest line may be in it.
    if (active || scan->IsComplete())
    {
        findings.Answered("log");
    }
    if (active)
    {
        findings.Sign("log_active");
    }
}

enum class Owner
{
    kAgent,
    /// A storage program on this computer, or an agent that calls its targets otherwise.
    kUnknown,
};

/// Whose target a session to this computer itself leads to.
Owner OwnerOf(const MachineView& machine, const std::string& target)
{
    if (StartsWithIgnoreCase(target, kRecoveryTargets))
    {
        return Owner::kAgent;
    }
    const auto agent = FindAgent(machine);
    const auto scan = agent ? machine.Ask(ScanAgentLogs{JoinPath(agent->installPath, "Temp"), {target}})
                            : Answer<LogScan>(Absent{});
    // Recordings of before anybody asked: then every such session was taken for the agent's.
    const bool isOlder = scan.HasFailed() && scan.Error().code == code::kNotRecorded;
    return isOlder || (scan && !scan->matches.empty()) ? Owner::kAgent : Owner::kUnknown;
}

void LookAtIscsi(const MachineView& machine, Findings& findings)
{
    const auto list = ReadIscsiSessions(machine);
    if (!list)
    {
        return;
    }
    findings.Answered("iscsi");
    bool mounted = false;
    for (const IscsiSession& session : list->sessions)
    {
        if (session.local && session.connections > 0)
        {
            const bool isAgents = OwnerOf(machine, session.target) == Owner::kAgent;
            mounted = mounted || isAgents;
            findings.unsure = findings.unsure || !isAgents;
        }
    }
    if (mounted)
    {
        findings.Sign("recovery_volume_mounted");
    }
}

} // namespace

ActivityReport ReadActivity(const MachineView& machine)
{
    constexpr std::size_t kEnoughSources = 2;
    Findings findings;
    LookAtTasks(machine, findings);
    LookAtEvents(machine, findings);
    LookAtLog(machine, findings);
    LookAtIscsi(machine, findings);
    ActivityReport& report = findings.report;
    const bool isKnown = !findings.unsure && report.answered.size() >= kEnoughSources;
    report.activity = !report.signs.empty() ? Activity::kBusy
        : isKnown                           ? Activity::kFree
                                            : Activity::kUnknown;
    return report;
}

} // namespace mars
