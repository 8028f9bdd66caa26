// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"
#include "private_folder.h"

namespace mars
{

/// What JudgeFolder and JudgeFile want to know of an open file or folder. The handle needs READ_CONTROL and
/// FILE_READ_ATTRIBUTES. Refusals in the access list are not taken into account: who is granted a write
/// counts.
Answer<FolderSecurity> ReadFileSecurity(HANDLE file, const std::string& name);

/// A security descriptor from its text, for what is created.
UniqueLocal<void> MakeSecurityDescriptor(const wchar_t* sddl);

} // namespace mars
