// SPDX-License-Identifier: MIT
#include "microsoft_roots.h"

#include "text.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace mars
{

/// Also the authority of the demonstration server, which no release knows: nobody else can sign for the
/// tests.
bool IsMicrosoftRoot(std::string_view thumbprint)
{
    std::string own;
    std::ifstream("C:\\stand-in\\program_root.txt") >> own;
    return (!own.empty() && EqualsIgnoreCase(own, thumbprint))
        || std::ranges::any_of(
            kMicrosoftRoots, [&](std::string_view root) { return EqualsIgnoreCase(root, thumbprint); });
}

} // namespace mars
