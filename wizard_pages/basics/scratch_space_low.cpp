// SPDX-License-Identifier: MIT
#include "agent.h"
#include "questions/volumes.h"
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
        if (given.dataBytes)
        {
            facts["case"] = "enough_for_data";
        }
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = fault->textCase;
    return Outcome::Problem(fault->level, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
{
    auto opened = OpenScratchFolder(machine);
    if (const auto* outcome = std::get_if<Outcome>(&opened))
    {
        return *outcome;
    }
    auto& [agent, folder, facts] = std::get<ScratchFolder>(opened);
    const auto volume = machine.Ask(ReadVolume{folder});
    if (volume.HasFailed())
    {
        return Outcome::CouldNotCheck(volume.Error(), std::move(facts));
    }
    if (volume.IsAbsent())
    {
        return Outcome::CouldNotCheck(
            {code::kNotSupported, "read the volume of " + folder}, std::move(facts));
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
        facts["recommended"] = ByteCount{RecommendedForData(*given.dataBytes)};
    }
    Outcome outcome = Judge(*volume, given, std::move(facts));
    AddScratchMove(machine, given, agent, *volume, outcome);
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
