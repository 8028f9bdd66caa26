// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "view.h"

#include <string>
#include <string_view>

namespace mars
{

/// Replaces the environment variables that paths in the registry use: %SystemRoot%, %windir%, %SystemDrive%,
/// %ProgramFiles%, %ProgramW6432% and %ProgramData%. Others stay as they are. Fails where the machine does
/// not tell a folder.
Answer<std::string> ExpandVariables(const MachineView& machine, std::string_view text);

} // namespace mars
