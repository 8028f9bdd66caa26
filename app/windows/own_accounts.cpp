// SPDX-License-Identifier: MIT
#include "own_accounts.h"

#include "sid_text.h"
#include "wide.h"

#include <cstddef>
#include <iterator>

namespace mars
{

namespace
{

/// Members are empty where Windows does not tell.
OwnAccount Describe(WELL_KNOWN_SID_TYPE type)
{
    OwnAccount account;
    alignas(std::max_align_t) std::byte sid[SECURITY_MAX_SID_SIZE];
    DWORD sidSize = sizeof sid;
    if (!CreateWellKnownSid(type, nullptr, sid, &sidSize))
    {
        return account;
    }
    account.sid = SidText(sid);
    wchar_t name[257];
    wchar_t domain[257];
    DWORD nameSize = std::size(name);
    DWORD domainSize = std::size(domain);
    SID_NAME_USE use{};
    if (LookupAccountSidW(nullptr, sid, name, &nameSize, domain, &domainSize, &use))
    {
        account.domain = Narrow(domain);
        account.name = Narrow(name);
    }
    return account;
}

} // namespace

std::vector<OwnAccount> OwnAccounts()
{
    std::vector<OwnAccount> accounts;
    for (const WELL_KNOWN_SID_TYPE type : {WinLocalSystemSid, WinLocalServiceSid, WinNetworkServiceSid,
             WinBuiltinAdministratorsSid, WinBuiltinUsersSid})
    {
        accounts.push_back(Describe(type));
    }
    return accounts;
}

} // namespace mars
