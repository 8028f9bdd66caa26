// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace mars
{

/// One entry of an access list that applies to the object itself.
struct AccessEntry
{
    std::string sid;
    bool allows = true;
    /// FILE_* and generic bits.
    std::uint32_t rights = 0;
};

/// FILE_ADD_FILE.
inline constexpr std::uint32_t kRightToAddFiles = 0x2;

/// Whether an account that is all of `sids` has every one of the `wanted` rights. As Windows does it: in the
/// order of the list the first entry that speaks of a right decides about it; what no entry speaks of is not
/// granted.
bool GrantsAccess(
    const std::vector<AccessEntry>& entries, const std::set<std::string>& sids, std::uint32_t wanted);

/// What the SYSTEM account always is.
std::set<std::string> SystemSids();
/// What every signed-in user is, besides the user's own SID and groups.
std::set<std::string> EveryUsersSids();

} // namespace mars
