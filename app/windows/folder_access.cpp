// SPDX-License-Identifier: MIT
#include "folder_access.h"

#include "access_list.h"
#include "computer.h"
#include "error.h"
#include "questions/files.h"
#include "sid_text.h"
#include "wide.h"

#include <aclapi.h>

#include <cstddef>

namespace mars
{

namespace
{

/// Entries for the folder itself, of the kinds that have nothing but a SID. Others neither grant nor deny
/// here.
std::vector<AccessEntry> EntriesOf(PACL list)
{
    if (list == nullptr)
    {
        // No list at all: everybody may do everything.
        return {{"S-1-1-0", true, GENERIC_ALL}};
    }
    std::vector<AccessEntry> entries;
    for (DWORD i = 0; i < list->AceCount; ++i)
    {
        void* entry = nullptr;
        if (!GetAce(list, i, &entry))
        {
            continue;
        }
        const auto& header = *static_cast<const ACE_HEADER*>(entry);
        const bool allows = header.AceType == ACCESS_ALLOWED_ACE_TYPE;
        if ((header.AceFlags & INHERIT_ONLY_ACE) != 0
            || (!allows && header.AceType != ACCESS_DENIED_ACE_TYPE))
        {
            continue;
        }
        // Both kinds have the same layout.
        auto& simple = *static_cast<ACCESS_ALLOWED_ACE*>(entry);
        entries.push_back({SidText(&simple.SidStart), allows, simple.Mask});
    }
    return entries;
}

/// The groups of the user that this program runs as.
std::set<std::string> OwnGroups()
{
    std::set<std::string> sids;
    UniqueHandle token;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, token.Receive()))
    {
        return sids;
    }
    DWORD size = 0;
    GetTokenInformation(token.Get(), TokenGroups, nullptr, 0, &size);
    std::vector<std::max_align_t> block(size / sizeof(std::max_align_t) + 1);
    if (!GetTokenInformation(token.Get(), TokenGroups, block.data(), size, &size))
    {
        return sids;
    }
    const auto& groups = *reinterpret_cast<const TOKEN_GROUPS*>(block.data());
    for (DWORD i = 0; i < groups.GroupCount; ++i)
    {
        if ((groups.Groups[i].Attributes & SE_GROUP_ENABLED) != 0)
        {
            sids.insert(SidText(groups.Groups[i].Sid));
        }
    }
    return sids;
}

/// Of another user only the SID and what every user is: the groups are not known here.
std::set<std::string> UserSids(const std::string& evidenceSid)
{
    std::set<std::string> sids = EveryUsersSids();
    const std::string own = CurrentUserSid();
    if (evidenceSid.empty() || evidenceSid == own)
    {
        sids.merge(OwnGroups());
    }
    sids.insert(evidenceSid.empty() ? own : evidenceSid);
    return sids;
}

} // namespace

Answer<FolderAccess> AskWindows(
    const ReadFolderAccess& question, const WindowsMachineOptions& options, const Wait&)
{
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    std::wstring name = Wide(question.folder);
    const DWORD error = GetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr,
        nullptr, &list, nullptr, &descriptor);
    const UniqueLocal<void> owner(descriptor);
    if (error != ERROR_SUCCESS)
    {
        return AbsentOrFailure<FolderAccess>(error, "GetNamedSecurityInfo", question.folder);
    }
    const std::vector<AccessEntry> entries = EntriesOf(list);
    return FolderAccess{GrantsAccess(entries, SystemSids(), kRightToAddFiles),
        GrantsAccess(entries, UserSids(options.evidenceSid), kRightToAddFiles)};
}

} // namespace mars
