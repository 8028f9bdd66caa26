// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "view.h"

#include <string>

namespace mars::encryption
{

/// What is wrong with the place of a scratch folder, as the token of the text that explains it; empty: it
/// exists on a local, fixed drive that is online.
Answer<std::string> JudgePlace(const MachineView& machine, const std::string& folder);

} // namespace mars::encryption
