// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"
#include "recorded_machine.h"

#include <cstdint>
#include <map>
#include <string>

namespace mars
{

/// What a support engineer gets: a recording that opens on any computer.
struct SupportBundle
{
    std::string recording;
    /// The key from stand-ins to names, which stays with the customer; empty for a bundle with the real
    /// names.
    std::string names;
    std::uint64_t questions = 0;
    /// How many names of each kind were replaced.
    std::map<std::string, std::uint64_t> removed;
};

SupportBundle MakeSupportBundle(const RecordedMachine& recorded, Given given, bool redact);

} // namespace mars
