// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "outcome.h"
#include "questions.h"

#include <optional>

namespace mars::basics
{

struct SpaceFault
{
    Level level = Level::kError;
    /// The case of the text that explains it.
    const char* textCase = "";
};

/// 5 % of the backup data.
std::uint64_t NeededForData(std::uint64_t dataBytes);

/// What is wrong with the free space of a volume that holds the scratch folder, or would. Nothing: it is
/// enough.
std::optional<SpaceFault> JudgeSpace(const VolumeInfo& volume, const Given& given);

} // namespace mars::basics
