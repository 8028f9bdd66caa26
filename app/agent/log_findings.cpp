// SPDX-License-Identifier: MIT
#include "log_findings.h"

#include "questions/log.h"

#include <algorithm>

namespace mars
{
namespace
{

/// Errors of which no line is kept, because those of others are newer: the times are of all lines.
void AddOthers(const LogScan& scan, Timestamp since, std::vector<LogFinding>& findings)
{
    std::size_t pattern = 0;
    for (const LogError& error : LogErrors())
    {
        const std::size_t end = pattern + error.Patterns().size();
        const bool known = std::ranges::find(findings, &error, &LogFinding::error) != findings.end();
        LogFinding finding{&error, since, 0};
        for (; pattern < end && end <= scan.times.size(); ++pattern)
        {
            const PatternTimes& times = scan.times[pattern];
            finding.newest = std::max(finding.newest, times.last.value_or(since));
            // Where some of them are older than that, one is sure.
            finding.lines += times.first && *times.first > since ? scan.totals[pattern]
                : times.last && *times.last > since              ? 1
                                                                 : 0;
        }
        pattern = end;
        if (!known && finding.lines != 0)
        {
            findings.push_back(finding);
        }
    }
}

} // namespace

bool IsSameError(const KnownError& known, const LogError& error)
{
    if (!error.known.empty())
    {
        return known.id == error.known;
    }
    return error.number == 0 ? std::ranges::find(known.names, error.text) != known.names.end()
                             : known.HasNumber(error.number);
}

std::vector<LogFinding> FindLogErrors(const LogScan& scan, Timestamp since)
{
    std::vector<LogFinding> findings;
    for (const LogMatch& match : scan.matches)
    {
        if (match.time <= since)
        {
            continue;
        }
        for (const LogError& error : LogErrors())
        {
            const std::vector<std::string> patterns = error.Patterns();
            if (std::ranges::find(patterns, match.pattern) == patterns.end() || !error.IsIn(match.message))
            {
                continue;
            }
            auto known = std::ranges::find(findings, &error, &LogFinding::error);
            if (known == findings.end())
            {
                known = findings.insert(known, LogFinding{&error, match.time});
            }
            known->newest = std::max(known->newest, match.time);
            ++known->lines;
        }
    }
    AddOthers(scan, since, findings);
    std::ranges::stable_sort(findings, std::greater(), &LogFinding::newest);
    return findings;
}

} // namespace mars
