// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "log_findings.h"
#include "questions/computer.h"
#include "questions/log.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

namespace mars::jobs
{
namespace
{

/// What happened longer ago explains nothing that happens today.
constexpr std::chrono::days kLongestLookBack{30};
constexpr std::size_t kMostShown = 10;

/// The last success, where it is known; what came before it was overcome.
Timestamp SinceWhen(const MachineView& machine, Timestamp now)
{
    const Timestamp longAgo = now - kLongestLookBack;
    const auto success = ReadLastSuccess(machine);
    return success ? std::max(*success, longAgo) : longAgo;
}

/// Tokens only: the page is named by its id.
std::string Describe(const LogFinding& finding)
{
    return fmt::format("{} [{}] x{} {}", finding.error->Name(), finding.error->section, finding.lines,
        ToIso8601(finding.newest));
}

/// Of the agent's log and of its console's.
struct Logs
{
    Answer<LogScan> agent;
    Answer<LogScan> console;
};

Logs ScanLogs(const MachineView& machine, const std::string& folder)
{
    Logs logs{machine.Ask(ScanAgentLogs{folder, LogErrorPatterns(), true}),
        machine.Ask(ScanConsoleLogs{folder, LogErrorPatterns(), true})};
    // Older recordings are judged by the agent's log alone.
    if (logs.console.HasFailed() && logs.console.Error().code == code::kNotRecorded)
    {
        logs.console = Absent{};
    }
    return logs;
}

/// The newest first. Of the console's log only what nothing but the console does: the rest of it is about
/// what somebody tried, and the checks see for themselves what is still wrong.
std::vector<LogFinding> FindIn(const Logs& logs, Timestamp since)
{
    auto findings = logs.agent ? FindLogErrors(*logs.agent, since) : std::vector<LogFinding>();
    const auto ofConsole = logs.console ? FindLogErrors(*logs.console, since) : std::vector<LogFinding>();
    std::ranges::copy_if(ofConsole, std::back_inserter(findings),
        [](const LogFinding& finding) { return finding.error->ofConsole; });
    std::ranges::stable_sort(findings, std::greater(), &LogFinding::newest);
    return findings;
}

/// Why something later than `since` may stand there that was not read; nothing when all was read.
std::optional<Failure> WhatWasMissed(const Answer<LogScan>& scan, Timestamp since, const char* what)
{
    if (scan.HasFailed())
    {
        return scan.Error();
    }
    return !scan || scan->Covers(since) ? std::nullopt : std::optional(Failure{scan->missedBecause, what});
}

Outcome NothingFound(const Logs& logs, const std::optional<Failure>& missed, Facts facts)
{
    if (missed)
    {
        return Outcome::CouldNotCheck(*missed, std::move(facts));
    }
    if (!logs.agent)
    {
        facts["case"] = "no_log";
    }
    else if (!logs.agent->notAsked.empty())
    {
        facts["case"] = "passed_older";
        facts["not_asked"] = static_cast<std::int64_t>(logs.agent->notAsked.size());
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Judge(const Logs& logs, Timestamp since, Facts facts)
{
    const auto missedOfAgent = WhatWasMissed(logs.agent, since, "scan the agent's log");
    const auto missed =
        missedOfAgent ? missedOfAgent : WhatWasMissed(logs.console, since, "scan the console's log");
    const std::vector<LogFinding> findings = FindIn(logs, since);
    if (findings.empty())
    {
        return NothingFound(logs, missed, std::move(facts));
    }
    facts["whole_log_read"] = !missed;
    std::vector<std::string> errors;
    std::vector<std::string> sections;
    Level worst = Level::kAdvice;
    for (const LogFinding& finding : findings)
    {
        worst = std::min(worst, finding.error->level);
        if (errors.size() < kMostShown)
        {
            errors.push_back(Describe(finding));
        }
        if (std::ranges::find(sections, finding.error->section) == sections.end())
        {
            sections.push_back(finding.error->section);
        }
    }
    // The text says which page to look at first.
    facts["case"] = findings.front().error->section;
    facts["newest_error"] = findings.front().error->Name();
    facts["newest_at"] = findings.front().newest;
    facts["errors"] = std::move(errors);
    facts["error_count"] = static_cast<std::int64_t>(findings.size());
    facts["sections"] = std::move(sections);
    return Outcome::Problem(worst, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        return Outcome::CouldNotCheck(
            clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "clock"});
    }
    const Timestamp since = SinceWhen(machine, clock->now);
    return Judge(
        ScanLogs(machine, agent->LogFolder()), since, {{"since", since}, {"folder", agent->LogFolder()}});
}

} // namespace

const RootCause& RecentErrors()
{
    static constexpr RootCause kCause{
        "jobs.recent_errors", "J-2", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::jobs
