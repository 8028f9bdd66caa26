// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"
#include "scratch.h"

namespace mars::basics
{
namespace
{

/// 2.5 GB.
constexpr std::uint64_t kMinimumFree = 5 * (std::uint64_t{1} << 29);

/// The smallest whole number that is not below `whole` divided by `parts`; "free < share" is then exact.
std::uint64_t Share(std::uint64_t whole, std::uint64_t parts)
{
    return whole / parts + (whole % parts == 0 ? 0 : 1);
}

Outcome Judge(const VolumeInfo& volume, const Given& given, Facts facts)
{
    const auto problem = [&](Level level, const char* textCase) {
        facts["case"] = textCase;
        return Outcome::Problem(level, std::move(facts));
    };
    if (volume.freeBytes < kMinimumFree)
    {
        return problem(Level::kError, "below_minimum");
    }
    if (given.dataBytes && volume.freeBytes < Share(*given.dataBytes, 20))
    {
        return problem(Level::kError, "below_data_share");
    }
    if (volume.freeBytes < Share(volume.totalBytes, 20))
    {
        return problem(Level::kWarning, "below_five_percent");
    }
    if (volume.freeBytes < Share(volume.totalBytes, 10))
    {
        return problem(Level::kAdvice, "below_ten_percent");
    }
    return Outcome::Passed(std::move(facts));
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
        facts["needed"] = ByteCount{Share(*given.dataBytes, 20)};
    }
    return Judge(*volume, given, std::move(facts));
}

} // namespace

const RootCause& ScratchSpaceLow()
{
    static constexpr RootCause kCause{
        "basics.scratch_space_low", "B-4", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
