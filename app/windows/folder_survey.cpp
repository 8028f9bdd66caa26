// SPDX-License-Identifier: MIT
#include "folder_survey.h"

#include "error.h"
#include "file_find.h"
#include "questions/files.h"
#include "wide.h"

namespace mars
{

namespace
{

constexpr std::uint64_t kMostEntries = 200'000;
/// Not in every header.
constexpr DWORD kDedupTag = 0x80000013;

/// How much of the disk a file takes; its size where Windows does not tell.
std::uint64_t StoredSize(const std::string& path, std::uint64_t size)
{
    DWORD high = 0;
    const DWORD low = GetCompressedFileSizeW(WidePath(path).c_str(), &high);
    const bool failed = low == INVALID_FILE_SIZE && GetLastError() != NO_ERROR;
    return failed ? size : (static_cast<std::uint64_t>(high) << 32) | low;
}

void Count(const WIN32_FIND_DATAW& found, const std::string& folder, FolderSurvey& survey)
{
    const FileInfo info = FileInfoFrom(found);
    const bool isLink = (info.attributes & file_attribute::kReparsePoint) != 0;
    if (!info.IsDirectory())
    {
        ++survey.files;
        survey.bytes += info.bytes;
        survey.deduplicated += isLink && found.dwReserved0 == kDedupTag ? 1 : 0;
    }
    survey.encrypted += (info.attributes & file_attribute::kEncrypted) != 0 ? 1 : 0;
    if ((info.attributes & file_attribute::kCompressed) != 0)
    {
        ++survey.compressed;
        if (!info.IsDirectory())
        {
            survey.compressedBytes += info.bytes;
            survey.compressedStoredBytes += StoredSize(JoinPath(folder, info.name), info.bytes);
        }
    }
}

} // namespace

Answer<FolderSurvey> AskWindows(const SurveyFolder& question, const WindowsMachineOptions&, const Wait& wait)
{
    FolderSurvey survey;
    std::uint64_t entries = 0;
    std::vector<std::string> folders{question.folder};
    for (bool first = true; !folders.empty() && !survey.truncated; first = false)
    {
        const std::string folder = folders.back();
        folders.pop_back();
        const Answer<bool> visited = VisitFolder(folder, [&](const WIN32_FIND_DATAW& found) {
            Count(found, folder, survey);
            const DWORD attributes = found.dwFileAttributes;
            if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0
                && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0)
            {
                folders.push_back(JoinPath(folder, Narrow(found.cFileName)));
            }
            survey.truncated = ++entries >= kMostEntries;
            return !survey.truncated && !wait.IsOver();
        });
        if (wait.IsOver())
        {
            return wait.WhyOver("survey " + question.folder);
        }
        // A folder that vanished meanwhile holds nothing any more.
        if (visited.HasFailed() || (visited.IsAbsent() && first))
        {
            return visited.HasFailed() ? Answer<FolderSurvey>(visited.Error()) : Absent{};
        }
    }
    return survey;
}

} // namespace mars
