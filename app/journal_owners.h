// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace mars
{

/// The SIDs that may own the program's private folder and write to it. Chosen when linking: the release
/// executables know only the three of Windows, those of the tests also the user of a Wine prefix, because
/// Wine does not keep owners. There is no switch for it.
std::vector<std::string> JournalOwners();

} // namespace mars
