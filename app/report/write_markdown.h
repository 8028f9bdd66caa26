// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"

#include <string>
#include <string_view>

namespace mars
{

/// For a ticket.
std::string WriteMarkdown(const Document& document);

/// Text in which nothing means anything to Markdown or to HTML inside it.
std::string EscapeMarkdown(std::string_view text);

} // namespace mars
