// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace mars
{

/// An account or group that every Windows has, with the name that this one gives it: they are translated.
struct OwnAccount
{
    std::string sid;
    /// "NT AUTHORITY", "BUILTIN".
    std::string domain;
    std::string name;
};

/// A task's XML with the SID where one of its principals is called by such a name, alone or with its domain.
/// Windows writes SIDs itself; old schedulers and imported tasks have names. Everything else stays as it was.
std::string WithSids(std::string xml, const std::vector<OwnAccount>& accounts);

} // namespace mars
