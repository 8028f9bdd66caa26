// SPDX-License-Identifier: MIT
#pragma once

#include "questions/registry.h"
#include "view.h"

#include <array>

namespace mars
{

/// The values below Session Manager in which MoveFileEx notes what to rename or delete at the next start. It
/// takes the second while somebody holds the first.
inline constexpr std::array kPendingRenameValues{
    "PendingFileRenameOperations", "PendingFileRenameOperations2"};

inline RegistryPath PendingRenamePath(const char* value)
{
    return {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager", value};
}

/// One of these. Absent: nothing waits, or a recording that does not know the second.
Answer<RegistryValue> ReadPendingRenames(const MachineView& machine, const char* value);

} // namespace mars
