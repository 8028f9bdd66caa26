// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"
#include "fleet.h"
#include "knowledge.h"

#include <span>

namespace mars
{

/// The totals, what could not be read, what was found with its servers, the most frequent first, and the
/// servers, the worst first. `causes` is the catalogue.
Document FleetDocument(const Fleet& fleet, std::span<const RootCause* const> causes,
    const Knowledge& knowledge, Language language);

} // namespace mars
