// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace mars
{

/// With two blanks for each step in, and a line's end. What steers a terminal or is not seen stands escaped,
/// so that the value is what it was and a console that prints it is left alone. All texts must be valid
/// UTF-8.
std::string PrintJson(const nlohmann::ordered_json& value);

} // namespace mars
