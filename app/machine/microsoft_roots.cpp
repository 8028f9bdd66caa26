// SPDX-License-Identifier: MIT
#include "microsoft_roots.h"

#include "text.h"

#include <algorithm>

namespace mars
{

bool IsMicrosoftRoot(std::string_view thumbprint)
{
    return std::ranges::any_of(
        kMicrosoftRoots, [&](std::string_view root) { return EqualsIgnoreCase(root, thumbprint); });
}

} // namespace mars
