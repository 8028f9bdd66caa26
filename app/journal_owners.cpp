// SPDX-License-Identifier: MIT
#include "journal_owners.h"

namespace mars
{

std::vector<std::string> JournalOwners()
{
    return {
        "S-1-5-18",                                                       // SYSTEM
        "S-1-5-32-544",                                                   // Administrators
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", // TrustedInstaller
    };
}

} // namespace mars
