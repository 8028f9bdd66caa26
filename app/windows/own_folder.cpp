// SPDX-License-Identifier: MIT
#include "own_folder.h"

#include "error.h"
#include "file_security.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

using Judge = Status(const FolderSecurity&, const std::vector<std::string>&);

Status JudgeOpen(HANDLE opened, const std::string& path, Judge& judge, const FolderTrust& trust)
{
    const Answer<FolderSecurity> security = ReadFileSecurity(opened, path);
    if (!security)
    {
        return security.Error();
    }
    const Status judged = judge(*security, trust.owners);
    if (judged)
    {
        return judged;
    }
    const bool letIn =
        judged.Error().code == code::kAccessDenied && IsOpenedTo(trust.person, *security, trust.owners);
    return Failure{
        letIn ? kFolderOpened : judged.Error().code, fmt::format("{}: {}", path, judged.Error().what)};
}

} // namespace

Status JudgeOpenFolder(const OpenFolder& folder, const FolderTrust& trust)
{
    return JudgeOpen(folder.Handle(), folder.Path(), JudgeFolder, trust);
}

Status JudgeOpenFile(HANDLE file, const std::string& path, const FolderTrust& trust)
{
    return JudgeOpen(file, path, JudgeFile, trust);
}

void HideFromExplorer(HANDLE folder)
{
    FILE_BASIC_INFO info{};
    constexpr DWORD kHidden = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM;
    if (!GetFileInformationByHandleEx(folder, FileBasicInfo, &info, sizeof info)
        || (info.FileAttributes & kHidden) == kHidden)
    {
        return;
    }
    // Times of 0 stay as they are.
    FILE_BASIC_INFO wanted{};
    wanted.FileAttributes = info.FileAttributes | kHidden;
    SetFileInformationByHandle(folder, FileBasicInfo, &wanted, sizeof wanted);
}

Status AppendAll(HANDLE file, std::string_view bytes, const std::string& path)
{
    while (!bytes.empty())
    {
        OVERLAPPED end{};
        end.Offset = 0xFFFFFFFF;
        end.OffsetHigh = 0xFFFFFFFF;
        DWORD written = 0;
        const DWORD size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1 << 20));
        if (!WriteFile(file, bytes.data(), size, &written, &end) || written == 0)
        {
            return LastFailure("WriteFile", path);
        }
        bytes.remove_prefix(written);
    }
    return FlushFileBuffers(file) ? Status::Done() : LastFailure("FlushFileBuffers", path);
}

} // namespace mars
