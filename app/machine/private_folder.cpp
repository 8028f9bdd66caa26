// SPDX-License-Identifier: MIT
#include "private_folder.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::uint32_t kNotADirectory = 267;
constexpr std::uint32_t kReparsePoint = 4395;

Status JudgeAccess(const FolderSecurity& security, const std::vector<std::string>& acceptedOwners)
{
    const auto isAccepted = [&](const std::string& sid) {
        return std::ranges::count(acceptedOwners, sid) != 0;
    };
    if (security.ownerSid.empty())
    {
        return Failure{code::kAccessDenied, "it has no owner"};
    }
    if (!isAccepted(security.ownerSid))
    {
        return Failure{code::kAccessDenied, fmt::format("it belongs to {}", security.ownerSid)};
    }
    const auto writer = std::ranges::find_if_not(security.writerSids, isAccepted);
    if (writer != security.writerSids.end())
    {
        return Failure{code::kAccessDenied, fmt::format("{} may write to it", *writer)};
    }
    return Status::Done();
}

} // namespace

Status JudgeFolder(const FolderSecurity& folder, const std::vector<std::string>& acceptedOwners)
{
    if (folder.reparsePoint)
    {
        return Failure{kReparsePoint, "it is a link or another reparse point"};
    }
    if (!folder.directory)
    {
        return Failure{kNotADirectory, "it is no folder"};
    }
    return JudgeAccess(folder, acceptedOwners);
}

Status JudgeFile(const FolderSecurity& file, const std::vector<std::string>& acceptedOwners)
{
    if (file.reparsePoint)
    {
        return Failure{kReparsePoint, "it is a link or another reparse point"};
    }
    if (file.directory)
    {
        return Failure{code::kAccessDenied, "it is a folder"};
    }
    return JudgeAccess(file, acceptedOwners);
}

} // namespace mars
