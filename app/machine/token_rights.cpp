// SPDX-License-Identifier: MIT
#include "token_rights.h"

#include <algorithm>

namespace mars
{

bool HasAdministratorRights(bool elevatedToken, bool isSystem, const std::vector<TokenGroup>& groups)
{
    constexpr const char* kAdministrators = "S-1-5-32-544";
    return isSystem || (elevatedToken && std::ranges::any_of(groups, [&](const TokenGroup& group) {
        return group.sid == kAdministrators && group.enabled && !group.onlyDenies;
    }));
}

bool SharesRightsWithDesktop(bool isSystem, ElevationType type)
{
    return !isSystem && (type == ElevationType::kDefault || type == ElevationType::kLimited);
}

} // namespace mars
