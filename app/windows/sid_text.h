// SPDX-License-Identifier: MIT
#pragma once

#include <windows.h>

#include <string>

namespace mars
{

/// "S-1-5-18"; empty for what is no SID.
std::string SidText(PSID sid);

} // namespace mars
