// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "run_program.h"

namespace mars
{

Status WindowsChanger::ResyncClock(const Wait& wait)
{
    // No function of Windows does this.
    return RunSystemProgram("w32tm.exe", "/resync", wait);
}

} // namespace mars
