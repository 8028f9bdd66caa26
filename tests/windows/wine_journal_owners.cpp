// SPDX-License-Identifier: MIT
#include "journal_owners.h"

namespace mars
{

std::vector<std::string> JournalOwners()
{
    return {
        "S-1-5-18", "S-1-5-32-544", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
        "S-1-5-21-0-0-0-1000", // whom Wine calls the owner of every file of its own user
    };
}

} // namespace mars
