// SPDX-License-Identifier: MIT
#include "accounts.h"

#include "error.h"
#include "wide.h"

#include <sddl.h>

#include <cstddef>
#include <vector>

namespace mars
{

std::string SidText(PSID sid)
{
    wchar_t* text = nullptr;
    if (sid == nullptr || !IsValidSid(sid) || !ConvertSidToStringSidW(sid, &text))
    {
        return {};
    }
    return Narrow(UniqueLocal<wchar_t>(text).get());
}

Answer<std::string> SidOfAccount(const std::string& account)
{
    const std::wstring name = Wide(account);
    DWORD sidSize = 0;
    DWORD domainSize = 0;
    SID_NAME_USE use{};
    LookupAccountNameW(nullptr, name.c_str(), nullptr, &sidSize, nullptr, &domainSize, &use);
    std::vector<std::max_align_t> sid(sidSize / sizeof(std::max_align_t) + 1);
    std::wstring domain(domainSize, L'\0');
    if (!LookupAccountNameW(nullptr, name.c_str(), sid.data(), &sidSize, domain.data(), &domainSize, &use))
    {
        const DWORD code = GetLastError();
        return code == ERROR_NONE_MAPPED ? Answer<std::string>(Absent{})
                                         : FailureFrom(code, "LookupAccountName", account);
    }
    const std::string text = SidText(sid.data());
    return text.empty() ? Answer<std::string>(FailureFrom(ERROR_INVALID_SID, "LookupAccountName", account))
                        : text;
}

Answer<AccountSid> AskWindows(const FindAccountSid& question, const WindowsMachineOptions&, const Wait&)
{
    const Answer<std::string> sid = SidOfAccount(question.account);
    if (!sid)
    {
        return sid.HasFailed() ? Answer<AccountSid>(sid.Error()) : Absent{};
    }
    return AccountSid{*sid};
}

} // namespace mars
