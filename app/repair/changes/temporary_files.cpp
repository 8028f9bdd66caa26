// SPDX-License-Identifier: MIT
#include "changes/temporary_files.h"

#include "pending_renames.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "temp_files.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::changes
{

namespace
{

Answer<TempFileRule> MakeRule(const Machine& machine, const Wait& wait)
{
    const auto clock = machine.Ask(ReadClock{}, wait);
    if (!clock)
    {
        return WhyNoValue(clock, "clock");
    }
    TempFileRule rule;
    rule.now = clock->now;
    rule.booted = clock->booted;
    for (const char* value : kPendingRenameValues)
    {
        const auto renames = ReadPendingRenames(MachineView(machine, wait), value);
        if (renames.HasFailed())
        {
            return renames.Error();
        }
        if (renames)
        {
            std::ranges::move(PendingRenameNames(*renames), std::back_inserter(rule.pendingRenames));
        }
    }
    return rule;
}

Facts FactsOf(const TempFileResult& result)
{
    const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    Facts facts{{"deleted", number(result.deleted)}, {"deleted_bytes", ByteCount{result.bytes}},
        {"skipped_recent", number(result.skippedRecent)}, {"skipped_in_use", number(result.skippedInUse)},
        {"skipped_pending", number(result.skippedPending)},
        {"skipped_not_plain", number(result.skippedNotPlain)}, {"failed", number(result.failed)}};
    if (!result.firstFailures.empty())
    {
        facts["first_failure"] = std::to_string(result.firstFailures.front().code);
    }
    return facts;
}

} // namespace

Answer<ChangeState> State(const DeleteTemporaryFiles& change, const Machine& machine, const Wait& wait)
{
    const auto folder = machine.Ask(ReadFileInfo{change.folder}, wait);
    if (!folder)
    {
        return WhyNoValue(folder, change.folder);
    }
    return ChangeState::kBefore;
}

Status Make(const DeleteTemporaryFiles&, const ChangeContext&)
{
    return Failure{code::kInternalError, "deletion goes through DeleteIn"};
}

Status TakeBack(const DeleteTemporaryFiles& change, const ChangeContext&)
{
    return Failure{code::kNotSupported, change.folder};
}

AppliedChange DeleteIn(
    const DeleteTemporaryFiles& change, const ChangeContext& context, const ApplyProgress& progress)
{
    const auto rule = MakeRule(context.machine, context.wait);
    if (!rule)
    {
        return {rule.Error(), {}};
    }
    auto folder = context.changer.OpenTempFolder(change.folder);
    if (!folder)
    {
        return {WhyNoValue(folder, change.folder), {}};
    }
    const auto tell = [&](const TempFileProgress& now) {
        if (progress)
        {
            progress(now.deleted, change.files);
        }
    };
    const TempFileResult result = DeleteTempFiles(**folder, *rule, tell, context.wait);
    return {result.endedEarly ? Status(*result.endedEarly) : Status::Done(), FactsOf(result)};
}

} // namespace mars::changes
