// SPDX-License-Identifier: MIT
#include "files.h"

#include "error.h"
#include "file_find.h"
#include "file_time.h"
#include "questions/files.h"
#include "wide.h"

namespace mars
{

namespace
{

constexpr std::size_t kMostFiles = 1000;

std::uint64_t Join(DWORD high, DWORD low)
{
    return (static_cast<std::uint64_t>(high) << 32) | low;
}

bool IsDots(const wchar_t* name)
{
    return std::wstring_view(name) == L"." || std::wstring_view(name) == L"..";
}

bool IsFolder(const std::string& path)
{
    const DWORD attributes = GetFileAttributesW(WidePath(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

/// What the folder says about an entry; also of files that are held open without sharing even their
/// attributes.
Answer<FileInfo> FindEntry(const std::string& path)
{
    WIN32_FIND_DATAW found;
    const UniqueFind find(FindFirstFileW(WidePath(path).c_str(), &found));
    if (!find)
    {
        const Failure failure = LastFailure("FindFirstFile", path);
        return MeansAbsent(failure.code) ? Answer<FileInfo>(Absent{}) : failure;
    }
    return FileInfoFrom(found);
}

/// PROGRA~1 is "Program Files": only the folder tells.
std::string RealNameOf(const std::string& path)
{
    std::string name(FileNameOf(path));
    if (name.find('~') == std::string::npos)
    {
        return name;
    }
    const Answer<FileInfo> entry = FindEntry(path);
    return entry ? entry->name : name;
}

} // namespace

FileInfo FileInfoFrom(const WIN32_FIND_DATAW& found)
{
    FileInfo info;
    info.name = Narrow(found.cFileName);
    info.attributes = found.dwFileAttributes;
    info.bytes = Join(found.nFileSizeHigh, found.nFileSizeLow);
    info.created = TimeFrom(found.ftCreationTime);
    info.written = TimeFrom(found.ftLastWriteTime);
    return info;
}

Answer<bool> VisitFolder(const std::string& folder, const std::function<bool(const WIN32_FIND_DATAW&)>& visit)
{
    WIN32_FIND_DATAW found;
    const UniqueFind find(FindFirstFileExW(WidePath(JoinPath(folder, "*")).c_str(), FindExInfoBasic, &found,
        FindExSearchNameMatch, nullptr, FIND_FIRST_EX_LARGE_FETCH));
    if (!find)
    {
        const Failure failure = LastFailure("FindFirstFile", folder);
        // An empty drive, which has not even "." and "..".
        if (failure.code == ERROR_FILE_NOT_FOUND && IsFolder(folder))
        {
            return true;
        }
        return MeansAbsent(failure.code) ? Answer<bool>(Absent{}) : failure;
    }
    do
    {
        if (!IsDots(found.cFileName) && !visit(found))
        {
            return false;
        }
    } while (FindNextFileW(find.Get(), &found));
    const Failure end = LastFailure("FindNextFile", folder);
    return end.code == ERROR_NO_MORE_FILES ? Answer<bool>(true) : end;
}

Answer<FileInfo> AskWindows(const ReadFileInfo& question, const WindowsMachineOptions&, const Wait&)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    if (!GetFileAttributesExW(WidePath(question.path).c_str(), GetFileExInfoStandard, &data))
    {
        const Failure failure = LastFailure("GetFileAttributesEx", question.path);
        if (failure.code == ERROR_SHARING_VIOLATION)
        {
            return FindEntry(question.path);
        }
        return MeansAbsent(failure.code) ? Answer<FileInfo>(Absent{}) : failure;
    }
    FileInfo info;
    info.name = RealNameOf(question.path);
    info.attributes = data.dwFileAttributes;
    info.bytes = Join(data.nFileSizeHigh, data.nFileSizeLow);
    info.created = TimeFrom(data.ftCreationTime);
    info.written = TimeFrom(data.ftLastWriteTime);
    return info;
}

Answer<FileList> AskWindows(const ListFiles& question, const WindowsMachineOptions&, const Wait& wait)
{
    FileList list;
    const Answer<bool> visited = VisitFolder(question.folder, [&](const WIN32_FIND_DATAW& found) {
        FileInfo info = FileInfoFrom(found);
        const bool wanted = !info.IsDirectory() && EndsWithIgnoreCase(info.name, question.ending);
        list.truncated = wanted && list.files.size() == kMostFiles;
        if (wanted && !list.truncated)
        {
            list.files.push_back(std::move(info));
        }
        return !list.truncated && !wait.IsOver();
    });
    if (!visited)
    {
        return visited.HasFailed() ? Answer<FileList>(visited.Error()) : Absent{};
    }
    return wait.IsOver() ? wait.WhyOver("list " + question.folder) : Answer<FileList>(std::move(list));
}

} // namespace mars
