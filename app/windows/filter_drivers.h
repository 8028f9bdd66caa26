// SPDX-License-Identifier: MIT
#pragma once

#include "questions/protection.h"
#include "windows_machine.h"

namespace mars
{

Answer<FilterDriverList> AskWindows(
    const ListFilterDrivers& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
