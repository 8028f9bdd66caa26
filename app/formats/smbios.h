// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace mars
{

/// The asset tag of the first chassis (structure type 3) in a table of SMBIOS structures. Empty: the chassis
/// has no tag. Nothing: there is no chassis, or the table is damaged before one.
std::optional<std::string> FindChassisAssetTag(std::span<const std::uint8_t> table);

} // namespace mars
