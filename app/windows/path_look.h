// SPDX-License-Identifier: MIT
#pragma once

#include "own_drives.h"

namespace mars
{

/// Drives and links of this computer.
PathLook LookAtPaths();

/// The whole path of one that counts from the current folder; others as they are.
std::string FullPathOf(const std::string& path);

/// Whether a path that somebody with fewer rights may have written stays on this computer's own drives.
bool StaysOnOwnDrives(const std::string& path);

/// A file or folder that stands for another one, or may: nothing is followed to find out. False where
/// Windows does not even tell its attributes.
bool IsLink(const std::string& path);

} // namespace mars
