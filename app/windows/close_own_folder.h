// SPDX-License-Identifier: MIT
#pragma once

#include "own_folder.h"

namespace mars
{

/// PrivateFolder::CloseAgain for the folder at `path` and its sub-folders `below`, whose files are not
/// marked: they are copies, and the marked records speak of them.
Status CloseOwnFolder(const std::string& path, const std::vector<std::string>& below,
    const FolderTrust& trust, std::string_view mark);

} // namespace mars
