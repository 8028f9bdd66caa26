// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"
#include "knowledge.h"
#include "run_report.h"

namespace mars
{

/// A run in one language, in the order in which people read it: the answer, what is wrong (the worst first),
/// what could not be checked, what only a person can tell, what was changed, the rest.
Document RunDocument(const RunReport& report, const Knowledge& knowledge, Language language);

} // namespace mars
