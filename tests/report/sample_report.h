// SPDX-License-Identifier: MIT
#pragma once

#include "run_report.h"

namespace mars::test
{

/// A report made by hand, on root causes of the catalogue: advice on B-4, an error on B-3, B-1 passed, B-2
/// could not be checked. `name` is the service's display name, to put something nasty in.
RunReport SampleReport(const std::string& name = "Agent");

} // namespace mars::test
