// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace mars
{

/// `*` stands for any characters, `?` for one. Case counts: fold both before where it should not. No pattern
/// makes it slow, because only the last star is tried again.
bool MatchesWildcards(std::string_view text, std::string_view pattern);

} // namespace mars
