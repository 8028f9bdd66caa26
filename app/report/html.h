// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "run_report.h"

#include <string>
#include <string_view>

namespace mars
{

/// A report to be opened or printed: one file that loads nothing and runs nothing. It holds both languages,
/// because who reads it may not be who made it; `language` is the one that is shown first.
std::string RunHtml(const RunReport& report, const Knowledge& knowledge, Language language);

/// The beginning of such a file, up to where its body begins.
std::string HtmlHead(std::string_view title, std::string_view style, Language language);

/// Text for an element or a quoted attribute.
std::string EscapeHtml(std::string_view text);

} // namespace mars
