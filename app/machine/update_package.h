// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace mars
{

/// True for the name of a servicing package that stands for an update of Windows: a cumulative one, or one
/// with a KB number. Language packs, features and the servicing stack itself are none.
bool IsUpdatePackage(std::string_view name);

} // namespace mars
