// SPDX-License-Identifier: MIT
#include "scratch_space.h"

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

} // namespace

std::uint64_t NeededForData(std::uint64_t dataBytes)
{
    return Share(dataBytes, 20);
}

std::optional<SpaceFault> JudgeSpace(const VolumeInfo& volume, const Given& given)
{
    if (volume.freeBytes < kMinimumFree)
    {
        return SpaceFault{Level::kError, "below_minimum"};
    }
    if (given.dataBytes && volume.freeBytes < NeededForData(*given.dataBytes))
    {
        return SpaceFault{Level::kError, "below_data_share"};
    }
    if (volume.freeBytes < Share(volume.totalBytes, 20))
    {
        return SpaceFault{Level::kWarning, "below_five_percent"};
    }
    if (volume.freeBytes < Share(volume.totalBytes, 10))
    {
        return SpaceFault{Level::kAdvice, "below_ten_percent"};
    }
    return std::nullopt;
}

} // namespace mars::basics
