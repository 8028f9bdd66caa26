// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"

#include <string>

namespace mars
{

/// For a console or a ticket: no colours, lines of at most 79 characters where words allow it. Without the
/// footer: who made it sees what was typed, and the last line is the one to be read out.
std::string WriteText(const Document& document);

} // namespace mars
