// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace mars
{

/// What "X:" stands for in this logon session only: "\\server\share" where the drive is mapped, "C:\folder"
/// where SUBST made it. Nothing: a drive that every session has.
using DriveTarget = std::function<std::optional<std::string>(const std::string& drive)>;

/// The path as the elevated copy of this program finds it: its logon session has neither the mapped nor the
/// SUBST drives of the person (KB3035277).
std::string PathForElevation(std::string path, const DriveTarget& target);

} // namespace mars
