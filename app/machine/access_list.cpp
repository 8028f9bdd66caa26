// SPDX-License-Identifier: MIT
#include "access_list.h"

namespace mars
{
namespace
{

// GENERIC_* as a folder maps them to FILE_* rights.
constexpr std::uint32_t kGenericAll = 0x10000000;
constexpr std::uint32_t kGenericExecute = 0x20000000;
constexpr std::uint32_t kGenericWrite = 0x40000000;
constexpr std::uint32_t kGenericRead = 0x80000000;
constexpr std::uint32_t kFileAll = 0x1F01FF;
constexpr std::uint32_t kFileExecute = 0x1200A0;
constexpr std::uint32_t kFileWrite = 0x120116;
constexpr std::uint32_t kFileRead = 0x120089;

std::uint32_t Mapped(std::uint32_t rights)
{
    return rights | ((rights & kGenericAll) != 0 ? kFileAll : 0)
        | ((rights & kGenericExecute) != 0 ? kFileExecute : 0)
        | ((rights & kGenericWrite) != 0 ? kFileWrite : 0) | ((rights & kGenericRead) != 0 ? kFileRead : 0);
}

} // namespace

bool GrantsAccess(
    const std::vector<AccessEntry>& entries, const std::set<std::string>& sids, std::uint32_t wanted)
{
    std::uint32_t open = wanted;
    for (const AccessEntry& entry : entries)
    {
        const std::uint32_t spokenOf = Mapped(entry.rights) & open;
        if (spokenOf == 0 || !sids.contains(entry.sid))
        {
            continue;
        }
        if (!entry.allows)
        {
            return false;
        }
        open &= ~spokenOf;
    }
    return open == 0;
}

std::set<std::string> SystemSids()
{
    return {"S-1-5-18", "S-1-5-32-544", "S-1-1-0", "S-1-5-11"};
}

std::set<std::string> EveryUsersSids()
{
    return {"S-1-1-0", "S-1-5-11", "S-1-5-32-545"};
}

} // namespace mars
