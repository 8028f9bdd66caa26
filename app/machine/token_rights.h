// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace mars
{

/// A group of the token that a process runs with.
struct TokenGroup
{
    std::string sid;
    /// It counts when something is granted.
    bool enabled = false;
    /// It counts only when something is denied: what is left of a group in a token that was filtered.
    bool onlyDenies = false;
};

/// Whether a process whose token Windows calls elevated has an administrator's rights. Members of other
/// powerful groups, such as Backup Operators, have tokens of both kinds too.
bool HasAdministratorRights(bool elevatedToken, bool isSystem, const std::vector<TokenGroup>& groups);

/// TOKEN_ELEVATION_TYPE.
enum class ElevationType
{
    kUnknown,
    /// There is only this token: everything in the session has the same rights.
    kDefault,
    /// The person gave this process more than the desktop has.
    kFull,
    kLimited,
};

/// Whether what a program on the same desktop hands over, such as a dropped file, comes from one with the
/// same rights.
bool SharesRightsWithDesktop(bool isSystem, ElevationType type);

} // namespace mars
