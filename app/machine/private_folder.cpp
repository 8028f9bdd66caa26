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

/// `writers` are those of its SIDs that matter.
Status JudgeAccess(const FolderSecurity& security, const std::vector<std::string>& writers,
    const std::vector<std::string>& acceptedOwners)
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
    const auto writer = std::ranges::find_if_not(writers, isAccepted);
    if (writer != writers.end())
    {
        return Failure{code::kAccessDenied, fmt::format("{} may write to it", *writer)};
    }
    return Status::Done();
}

Status JudgeDirectory(const FolderSecurity& folder, const std::vector<std::string>& writers,
    const std::vector<std::string>& acceptedOwners)
{
    if (folder.reparsePoint)
    {
        return Failure{kReparsePoint, "it is a link or another reparse point"};
    }
    if (!folder.directory)
    {
        return Failure{kNotADirectory, "it is no folder"};
    }
    return JudgeAccess(folder, writers, acceptedOwners);
}

} // namespace

Status JudgeFolder(const FolderSecurity& folder, const std::vector<std::string>& acceptedOwners)
{
    return JudgeDirectory(folder, folder.writerSids, acceptedOwners);
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
    return JudgeAccess(file, file.writerSids, acceptedOwners);
}

Status JudgeChain(const std::vector<FolderSecurity>& chain, const std::vector<std::string>& acceptedOwners)
{
    constexpr std::size_t kJudgedWhole = 2;
    if (chain.size() < kJudgedWhole)
    {
        return Failure{code::kAccessDenied, "it is in no folder"};
    }
    for (std::size_t i = 0; i + kJudgedWhole < chain.size(); ++i)
    {
        if (Status above = JudgeDirectory(chain[i], chain[i].replacerSids, acceptedOwners); !above)
        {
            return above;
        }
    }
    Status folder = JudgeFolder(chain[chain.size() - kJudgedWhole], acceptedOwners);
    return folder ? JudgeFile(chain.back(), acceptedOwners) : folder;
}

bool IsOpenedTo(
    const std::string& personSid, const FolderSecurity& thing, const std::vector<std::string>& acceptedOwners)
{
    const auto isAccepted = [&](const std::string& sid) {
        return std::ranges::count(acceptedOwners, sid) != 0;
    };
    const auto isExpected = [&](const std::string& sid) { return isAccepted(sid) || sid == personSid; };
    return !personSid.empty() && !thing.reparsePoint && isAccepted(thing.ownerSid)
        && std::ranges::all_of(thing.writerSids, isExpected)
        && !std::ranges::all_of(thing.writerSids, isAccepted);
}

} // namespace mars
