// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// How Microsoft Defender reads its lists of exclusions: `*` stands for one folder's name or a part of one,
/// `?` for a character, and a folder counts for everything below it. Variables are expanded by the caller.
namespace mars::basics
{

/// The entry exempts the whole folder: it names the folder, all of its files, or a folder above it.
bool CoversFolder(std::string_view exclusion, std::string_view folder);

/// The entry of the list of processes exempts this program: by its name, its path, or the folder that it is
/// in.
bool CoversProcess(std::string_view exclusion, std::string_view program);

} // namespace mars::basics
