// SPDX-License-Identifier: MIT
#pragma once

namespace mars
{

/// The first line of both programs, before anything can load a DLL: from now on DLLs come from System32 only,
/// none from the network or from a place of low integrity, and no old extension point injects any. What this
/// Windows does not know is left out.
void HardenProcess();

} // namespace mars
