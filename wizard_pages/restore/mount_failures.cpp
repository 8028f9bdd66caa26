// SPDX-License-Identifier: MIT
#include "mount_failures.h"

#include "agent.h"
#include "last_backup.h"
#include "log_findings.h"
#include "questions/log.h"

#include <algorithm>

namespace mars::restore
{

std::optional<Timestamp> FindMountFailure(
    const MachineView& machine, std::initializer_list<std::string_view> errors)
{
    const auto agent = FindAgent(machine);
    // The question of the page about jobs, so that the log is read once for all.
    const auto scan = agent ? machine.Ask(ScanAgentLogs{agent->LogFolder(), LogErrorPatterns(), true})
                            : Answer<LogScan>(Absent{});
    const auto success = ReadLastSuccess(machine);
    if (!scan || success.HasFailed())
    {
        return std::nullopt;
    }
    // The newest first.
    for (const LogFinding& finding : FindLogErrors(*scan, success.ValueOr(Timestamp{})))
    {
        if (std::ranges::find(errors, finding.error->text) != errors.end())
        {
            return finding.newest;
        }
    }
    return std::nullopt;
}

} // namespace mars::restore
