// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"
#include "view.h"

namespace mars::basics
{

/// registered, vault, and the case of a check that only a person can answer: "registered_with" (the vault is
/// known), "registered" or "not_registered". None of them where the registration cannot be read.
Facts DescribeRegistration(const MachineView& machine);

} // namespace mars::basics
