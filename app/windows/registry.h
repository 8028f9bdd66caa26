// SPDX-License-Identifier: MIT
#pragma once

#include "questions/registry.h"
#include "windows_machine.h"

namespace mars
{

// Each area of this folder answers its questions in functions of this one shape; windows_machine.cpp calls
// them.
Answer<RegistryValue> AskWindows(
    const ReadRegistryValue& question, const WindowsMachineOptions& options, const Wait& wait);
Answer<RegistryKeyContent> AskWindows(
    const ListRegistryKey& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
