// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "run_report.h"

#include <string>
#include <string_view>

namespace mars
{

/// A report for a ticket: the answer first, then what is wrong with its evidence, then all checks.
std::string RunMarkdown(const RunReport& report, const Knowledge& knowledge, Language language);

/// Text in which nothing means anything to Markdown or to HTML inside it.
std::string EscapeMarkdown(std::string_view text);

} // namespace mars
