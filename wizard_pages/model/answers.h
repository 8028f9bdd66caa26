// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What only the person knows, as it is typed on a page or on the command line.

/// GB of 2^30 bytes, above 0 and below 1e9, with at most three decimals after a point or a comma: "1500",
/// "0.5". Nothing for any other text.
std::optional<std::uint64_t> ParseDataSize(std::string_view gigabytes);
/// So that ParseDataSize reads it again; empty where nobody said.
std::string DataSizeText(std::optional<std::uint64_t> bytes);

/// The sections whose checks judge by what is different in the two.
std::vector<std::string_view> SectionsThatAskFor(const Given& before, const Given& after);

} // namespace mars
