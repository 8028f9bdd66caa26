// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"

#include <string>

namespace mars
{

/// For a console or a ticket: no colours, lines of at most 79 characters where words allow it.
std::string WriteText(const Document& document);

} // namespace mars
