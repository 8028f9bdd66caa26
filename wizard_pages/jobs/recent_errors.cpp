// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "log_findings.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

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

Outcome Judge(const std::vector<LogFinding>& findings, const LogScan& scan, Timestamp since, Facts facts)
{
    if (findings.empty())
    {
        if (!scan.Covers(since))
        {
            return Outcome::CouldNotCheck({scan.missedBecause, "scan the agent's log"}, std::move(facts));
        }
        if (!scan.notAsked.empty())
        {
            facts["case"] = "passed_older";
            facts["not_asked"] = static_cast<std::int64_t>(scan.notAsked.size());
        }
        return Outcome::Passed(std::move(facts));
    }
    facts["whole_log_read"] = scan.Covers(since);
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
    const auto scan = machine.Ask(ScanAgentLogs{agent->LogFolder(), LogErrorPatterns(), true});
    if (scan.HasFailed())
    {
        return Outcome::CouldNotCheck(scan.Error());
    }
    if (scan.IsAbsent())
    {
        return Outcome::Passed({{"case", "no_log"}, {"folder", agent->LogFolder()}});
    }
    const Timestamp since = SinceWhen(machine, clock->now);
    return Judge(FindLogErrors(*scan, since), *scan, since, {{"since", since}, {"folder", agent->LogFolder()}});
}

} // namespace

const RootCause& RecentErrors()
{
    static constexpr RootCause kCause{
        "jobs.recent_errors", "J-2", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::jobs
