// SPDX-License-Identifier: MIT
#pragma once

#include "document.h"
#include "language.h"

#include <span>
#include <string>
#include <string_view>

namespace mars
{

struct LocalDocument
{
    Language language;
    Document document;
};

/// A page to be opened or printed: one file that loads nothing and runs nothing. It holds the document in all
/// its languages, because who reads it may not be who made it; the first one is shown first. At least one.
std::string WriteHtml(std::span<const LocalDocument> documents);

/// Text for an element or a quoted attribute.
std::string EscapeHtml(std::string_view text);

} // namespace mars
