// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"
#include "scratch.h"
#include "scratch_move.h"
#include "scratch_space.h"

namespace mars::basics
{
namespace
{

Outcome Judge(const VolumeInfo& volume, const Given& given, Facts facts)
{
    const auto fault = JudgeSpace(volume, given);
    if (!fault)
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = fault->textCase;
    return Outcome::Problem(fault->level, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto folder = FindScratchFolder(machine, *agent);
    if (folder.HasFailed())
    {
        return Outcome::CouldNotCheck(folder.Error());
    }
    if (folder.IsAbsent())
    {
        return Outcome::NotApplicable(reason::kScratchFolderMissing);
    }
    Facts facts{{"scratch_folder", *folder}};
    const auto info = machine.Ask(ReadFileInfo{*folder});
    if (info.HasFailed())
    {
        return Outcome::CouldNotCheck(info.Error(), std::move(facts));
    }
    if (info.IsAbsent() || !info->IsDirectory())
    {
        return Outcome::NotApplicable(reason::kScratchFolderMissing, std::move(facts));
    }
    const auto volume = machine.Ask(ReadVolume{*folder});
    if (volume.HasFailed())
    {
        return Outcome::CouldNotCheck(volume.Error(), std::move(facts));
    }
    if (volume.IsAbsent())
    {
        return Outcome::CouldNotCheck(
            {code::kNotSupported, "read the volume of " + *folder}, std::move(facts));
    }
    facts["volume"] = volume->root;
    facts["free"] = ByteCount{volume->freeBytes};
    facts["total"] = ByteCount{volume->totalBytes};
    if (volume->totalBytes != 0)
    {
        // Divided first: the sizes of a damaged recording may be anything.
        const double percent =
            static_cast<double>(volume->freeBytes) / static_cast<double>(volume->totalBytes) * 100;
        facts["free_percent"] = static_cast<std::int64_t>(percent);
    }
    if (given.dataBytes)
    {
        facts["data"] = ByteCount{*given.dataBytes};
        facts["needed"] = ByteCount{NeededForData(*given.dataBytes)};
    }
    Outcome outcome = Judge(*volume, given, std::move(facts));
    AddScratchMove(machine, given, *agent, *volume, outcome);
    return outcome;
}

} // namespace

const RootCause& ScratchSpaceLow()
{
    static constexpr RootCause kCause{
        "basics.scratch_space_low", "B-4", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
