// SPDX-License-Identifier: MIT
#include "scratch_space.h"

#include "questions/volumes.h"

namespace mars::basics
{
namespace
{

/// 2.5 GB.
constexpr std::uint64_t kMinimumFree = 5 * (std::uint64_t{1} << 29);
/// Enough for 500 GB of data at the higher of the documented shares, however large the volume is.
constexpr std::uint64_t kAmple = 50 * (std::uint64_t{1} << 30);

/// The smallest whole number that is not below `whole` divided by `parts`; "free < share" is then exact.
std::uint64_t Share(std::uint64_t whole, std::uint64_t parts)
{
    return whole / parts + (whole % parts == 0 ? 0 : 1);
}

} // namespace

std::uint64_t NeededForData(std::uint64_t dataBytes)
{
    return Share(dataBytes, 20);
}

std::uint64_t RecommendedForData(std::uint64_t dataBytes)
{
    return Share(dataBytes, 10);
}

std::optional<SpaceFault> JudgeSpace(const VolumeInfo& volume, const Given& given)
{
    const std::uint64_t free = volume.freeBytes;
    if (free < kMinimumFree)
    {
        return SpaceFault{Level::kError, "below_minimum"};
    }
    if (given.dataBytes)
    {
        return free < NeededForData(*given.dataBytes)
            ? std::optional(SpaceFault{Level::kError, "below_data_share"})
            : free < RecommendedForData(*given.dataBytes)
            ? std::optional(SpaceFault{Level::kWarning, "below_recommended_share"})
            : std::nullopt;
    }
    return free < Share(volume.totalBytes, 20) && free < kAmple
        ? std::optional(SpaceFault{Level::kAdvice, "below_five_percent"})
        : std::nullopt;
}

} // namespace mars::basics
