// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "questions/volumes.h"

#include <optional>

namespace mars::basics
{

struct SpaceFault
{
    Level level = Level::kError;
    /// The case of the text that explains it.
    const char* textCase = "";
};

/// 5 % of the backup data, in bytes: the least that the agent asks for.
std::uint64_t NeededForData(std::uint64_t dataBytes);
/// 10 % of it: what Microsoft recommends at most.
std::uint64_t RecommendedForData(std::uint64_t dataBytes);

/// What is wrong with the free space of a volume that holds the scratch folder, or would. Nothing: it is
/// enough. The agent's need goes by the size of the backup data; where that is not known, the size of the
/// volume is only a hint.
std::optional<SpaceFault> JudgeSpace(const VolumeInfo& volume, const Given& given);

} // namespace mars::basics
