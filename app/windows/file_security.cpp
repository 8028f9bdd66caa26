// SPDX-License-Identifier: MIT
#include "file_security.h"

#include "error.h"
#include "open_folder.h"
#include "questions/files.h"
#include "sid_text.h"
#include "wide.h"

#include <aclapi.h>
#include <sddl.h>

#include <fmt/format.h>

namespace mars
{

namespace
{

constexpr ACCESS_MASK kWriting = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES
    | FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;

constexpr const char* kEveryone = "S-1-1-0";
constexpr std::string_view kCreatorOwner = "S-1-3-0";
constexpr std::string_view kOwnerRights = "S-1-3-4";

/// Where an entry that grants something keeps its SID; null for kinds whose layout is not known.
PSID SidOf(ACE_HEADER* entry)
{
    switch (entry->AceType)
    {
    case ACCESS_ALLOWED_ACE_TYPE:
    case ACCESS_ALLOWED_CALLBACK_ACE_TYPE:
        return &reinterpret_cast<ACCESS_ALLOWED_ACE*>(entry)->SidStart;
    default:
        return nullptr;
    }
}

bool IsRefusal(BYTE type)
{
    return type == ACCESS_DENIED_ACE_TYPE || type == ACCESS_DENIED_OBJECT_ACE_TYPE
        || type == ACCESS_DENIED_CALLBACK_ACE_TYPE || type == ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE;
}

constexpr ACCESS_MASK kReplacing = FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL;

/// Who may write by this entry; empty: nobody. Entries that only children inherit count too, but for "whoever
/// creates the child": only those who may write to the folder can do that.
std::string WriterIn(ACE_HEADER* entry, ACCESS_MASK rights)
{
    // All kinds of entry begin with the header and the mask.
    const ACCESS_MASK mask = reinterpret_cast<ACCESS_ALLOWED_ACE*>(entry)->Mask;
    if (IsRefusal(entry->AceType) || (mask & rights) == 0)
    {
        return {};
    }
    const std::string sid = SidText(SidOf(entry));
    if (sid.empty())
    {
        return fmt::format("an access list entry of kind {}", entry->AceType);
    }
    const bool onlyInherited = (entry->AceFlags & INHERIT_ONLY_ACE) != 0;
    return sid == kOwnerRights || (sid == kCreatorOwner && onlyInherited) ? std::string() : sid;
}

std::vector<std::string> WritersIn(PACL list, ACCESS_MASK rights)
{
    if (list == nullptr)
    {
        return {kEveryone};
    }
    std::vector<std::string> writers;
    for (DWORD i = 0; i < list->AceCount; ++i)
    {
        void* entry = nullptr;
        const std::string writer =
            GetAce(list, i, &entry) ? WriterIn(static_cast<ACE_HEADER*>(entry), rights) : kEveryone;
        if (!writer.empty())
        {
            writers.push_back(writer);
        }
    }
    return writers;
}

} // namespace

Answer<FolderSecurity> ReadFileSecurity(HANDLE file, const std::string& name)
{
    const Answer<FileInfo> info = FileInfoOf(file, name);
    if (!info)
    {
        return info.Error();
    }
    PSID owner = nullptr;
    PACL list = nullptr;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    const DWORD error = GetSecurityInfo(file, SE_FILE_OBJECT,
        OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner, nullptr, &list, nullptr, &descriptor);
    const UniqueLocal<void> owned(descriptor);
    if (error != ERROR_SUCCESS)
    {
        return FailureFrom(error, "GetSecurityInfo", name);
    }
    FolderSecurity security;
    security.directory = info->IsDirectory();
    security.reparsePoint = (info->attributes & file_attribute::kReparsePoint) != 0;
    security.ownerSid = SidText(owner);
    security.writerSids = WritersIn(list, kWriting);
    security.replacerSids = WritersIn(list, kReplacing);
    return security;
}

UniqueLocal<void> MakeSecurityDescriptor(const wchar_t* sddl)
{
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &descriptor, nullptr);
    return UniqueLocal<void>(descriptor);
}

} // namespace mars
