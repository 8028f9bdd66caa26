// SPDX-License-Identifier: MIT
#include "logs.h"

#include "agent_log.h"
#include "error.h"
#include "failed_files.h"
#include "file_find.h"
#include "file_time.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/log.h"
#include "wide.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

/// Far more than the twenty that the agent keeps; all of them are open at the same time.
constexpr std::size_t kMostLogs = 200;

/// The newest first.
Answer<std::vector<FileInfo>> FindLogs(
    const std::string& folder, bool (*isLog)(std::string_view), const Wait& wait)
{
    std::vector<FileInfo> logs;
    const Answer<bool> visited = VisitFolder(folder, [&](const WIN32_FIND_DATAW& found) {
        FileInfo file = FileInfoFrom(found);
        if (!file.IsDirectory() && isLog(file.name))
        {
            logs.push_back(std::move(file));
        }
        return !wait.IsOver();
    });
    if (!visited)
    {
        return visited.HasFailed() ? Answer<std::vector<FileInfo>>(visited.Error()) : Absent{};
    }
    if (wait.IsOver())
    {
        return wait.WhyOver("list " + folder);
    }
    std::sort(
        logs.begin(), logs.end(), [](const FileInfo& a, const FileInfo& b) { return a.written > b.written; });
    logs.resize(std::min(logs.size(), kMostLogs));
    return logs.empty() ? Answer<std::vector<FileInfo>>(Absent{}) : logs;
}

/// The agent renames and deletes its logs while they are read.
UniqueHandle OpenLog(const std::string& path)
{
    return UniqueHandle(CreateFileW(WidePath(path).c_str(), GENERIC_READ,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL,
        nullptr));
}

/// The size and the time of the open file; the folder's entry may lag behind a file that is being written.
Answer<BY_HANDLE_FILE_INFORMATION> QueryFile(HANDLE file, const std::string& path)
{
    BY_HANDLE_FILE_INFORMATION info{};
    if (!GetFileInformationByHandle(file, &info))
    {
        return LastFailure("GetFileInformationByHandle", path);
    }
    return info;
}

/// How far local time was from UTC at that moment.
std::chrono::minutes OffsetAt(const FILETIME& time)
{
    SYSTEMTIME utc{};
    SYSTEMTIME local{};
    FILETIME localTime{};
    const bool known = FileTimeToSystemTime(&time, &utc)
        && SystemTimeToTzSpecificLocalTime(nullptr, &utc, &local) && SystemTimeToFileTime(&local, &localTime);
    return known ? std::chrono::round<std::chrono::minutes>(TimeFrom(localTime) - TimeFrom(time))
                 : std::chrono::minutes(0);
}

/// Past the end, which may have come nearer, there are no bytes.
Answer<std::size_t> ReadAt(HANDLE file, std::uint64_t offset, std::span<char> bytes)
{
    OVERLAPPED at{};
    at.Offset = static_cast<DWORD>(offset);
    at.OffsetHigh = static_cast<DWORD>(offset >> 32);
    DWORD read = 0;
    if (ReadFile(file, bytes.data(), static_cast<DWORD>(bytes.size()), &read, &at))
    {
        return static_cast<std::size_t>(read);
    }
    return GetLastError() == ERROR_HANDLE_EOF ? Answer<std::size_t>(std::size_t(0))
                                              : Answer<std::size_t>(LastFailure("ReadFile", "log"));
}

/// One that cannot be read keeps its place among the others.
AgentLogFile Unreadable(const FileInfo& info, const Failure& failure)
{
    AgentLogFile file;
    file.written = info.written;
    file.size = std::max<std::uint64_t>(info.bytes, 1);
    file.read = [failure](std::uint64_t, std::span<char>) { return Answer<std::size_t>(failure); };
    return file;
}

Answer<AgentLogFile> OpenFile(const std::string& path)
{
    const auto handle = std::make_shared<UniqueHandle>(OpenLog(path));
    if (!*handle)
    {
        return LastFailure("CreateFile", path);
    }
    const Answer<BY_HANDLE_FILE_INFORMATION> info = QueryFile(handle->Get(), path);
    if (!info)
    {
        return info.Error();
    }
    AgentLogFile file;
    file.written = TimeFrom(info->ftLastWriteTime);
    file.utcOffset = OffsetAt(info->ftLastWriteTime);
    file.size = (static_cast<std::uint64_t>(info->nFileSizeHigh) << 32) | info->nFileSizeLow;
    file.identity =
        fmt::format("{:x}:{:x}:{:x}", info->dwVolumeSerialNumber, info->nFileIndexHigh, info->nFileIndexLow);
    file.read = [handle](std::uint64_t offset, std::span<char> bytes) {
        return ReadAt(handle->Get(), offset, bytes);
    };
    return file;
}

/// The logs as they are found under their names now.
struct OpenLogs
{
    std::vector<AgentLogFile> files;
    std::optional<Failure> failure;
    bool anyOpen = false;
};

Status OpenAll(const std::string& folder, bool (*isLog)(std::string_view), const Wait& wait, OpenLogs& logs)
{
    const Answer<std::vector<FileInfo>> found = FindLogs(folder, isLog, wait);
    if (found.HasFailed())
    {
        return found.Error();
    }
    for (const FileInfo& info : found.ValueOr({}))
    {
        Answer<AgentLogFile> file = OpenFile(JoinPath(folder, info.name));
        if (file)
        {
            const auto isIt = [&](const AgentLogFile& other) { return other.identity == file->identity; };
            logs.anyOpen = true;
            if (std::ranges::none_of(logs.files, isIt))
            {
                // Windows Installer's log has no dates.
                file->undatedLinesCount = IsInstallLogName(info.name);
                logs.files.push_back(std::move(*file));
            }
        }
        else if (!MeansAbsent(file.Error().code))
        {
            logs.failure = file.Error();
            logs.files.push_back(Unreadable(info, file.Error()));
        }
    }
    return Status::Done();
}

/// The agent renames its logs while they are opened: a second look finds those that got another name.
Answer<OpenLogs> FindOpenLogs(const std::string& folder, bool (*isLog)(std::string_view), const Wait& wait)
{
    OpenLogs logs;
    for (int look = 0; look < 2; ++look)
    {
        if (const Status opened = OpenAll(folder, isLog, wait, logs); !opened)
        {
            return opened.Error();
        }
    }
    if (!logs.anyOpen)
    {
        return logs.failure ? Answer<OpenLogs>(*logs.failure) : Absent{};
    }
    std::ranges::stable_sort(logs.files, std::greater(), &AgentLogFile::written);
    return logs;
}

Answer<LogScan> ScanLogs(
    const std::string& folder, bool (*isLog)(std::string_view), AgentLogSearch search, const Wait& wait)
{
    const auto logs = FindOpenLogs(folder, isLog, wait);
    if (!logs)
    {
        return logs.HasFailed() ? Answer<LogScan>(logs.Error()) : Absent{};
    }
    return ScanLogFiles(logs->files, std::move(search), wait);
}

// ---- The list of skipped files

/// Absent: none.
Answer<FileInfo> FindNewestFailedFiles(const std::string& folder, const Wait& wait)
{
    std::optional<FileInfo> newest;
    const Answer<bool> visited = VisitFolder(folder, [&](const WIN32_FIND_DATAW& found) {
        FileInfo file = FileInfoFrom(found);
        if (!file.IsDirectory() && IsFailedFilesName(file.name)
            && (!newest || file.written > newest->written))
        {
            newest = std::move(file);
        }
        return !wait.IsOver();
    });
    if (visited.HasFailed())
    {
        return visited.Error();
    }
    if (wait.IsOver())
    {
        return wait.WhyOver("list " + folder);
    }
    return newest ? Answer<FileInfo>(std::move(*newest)) : Absent{};
}

std::string ReadAtMost(HANDLE file, std::size_t most, const Wait& wait)
{
    std::string bytes;
    std::vector<char> chunk(64 * 1024);
    while (bytes.size() < most && !wait.IsOver())
    {
        const auto size =
            ReadAt(file, bytes.size(), {chunk.data(), std::min(chunk.size(), most - bytes.size())});
        if (!size || *size == 0)
        {
            break;
        }
        bytes.append(chunk.data(), *size);
    }
    return bytes;
}

} // namespace

Answer<FailedFiles> AskWindows(
    const ReadFailedFiles& question, const WindowsMachineOptions&, const Wait& wait)
{
    const Answer<FileInfo> list = FindNewestFailedFiles(question.folder, wait);
    if (!list)
    {
        return list.HasFailed() ? Answer<FailedFiles>(list.Error()) : Absent{};
    }
    const std::string path = JoinPath(question.folder, list->name);
    const UniqueHandle file = OpenLog(path);
    if (!file)
    {
        return LastFailure("CreateFile", path);
    }
    const std::string bytes = ReadAtMost(file.Get(), kMostOfFailedFiles, wait);
    if (wait.IsOver())
    {
        return wait.WhyOver("read " + path);
    }
    FailedFiles failed = ParseFailedFiles(bytes);
    failed.name = list->name;
    failed.written = list->written;
    failed.truncated = list->bytes > bytes.size();
    return failed;
}

Answer<LogScan> AskWindows(const ScanAgentLogs& question, const WindowsMachineOptions&, const Wait& wait)
{
    return ScanLogs(question.folder, IsAgentLogName, {question.patterns, question.wholeWords}, wait);
}

Answer<LogScans> AskWindows(const SearchAgentLogs& question, const WindowsMachineOptions&, const Wait& wait)
{
    const auto logs = FindOpenLogs(question.folder, IsAgentLogName, wait);
    if (!logs)
    {
        return logs.HasFailed() ? Answer<LogScans>(logs.Error()) : Absent{};
    }
    std::vector<AgentLogSearch> searches;
    for (const LogSearch& search : question.searches)
    {
        searches.push_back({search.patterns, search.wholeWords});
    }
    auto scans = ScanLogFiles(logs->files, std::move(searches), wait);
    return scans ? Answer<LogScans>(LogScans{std::move(*scans)}) : Answer<LogScans>(scans.Error());
}

Answer<LogScan> AskWindows(const ScanConsoleLogs& question, const WindowsMachineOptions&, const Wait& wait)
{
    return ScanLogs(question.folder, IsConsoleLogName, {question.patterns, question.wholeWords}, wait);
}

Answer<LogScan> AskWindows(const ScanInstallLogs& question, const WindowsMachineOptions&, const Wait& wait)
{
    return ScanLogs(question.folder, IsInstallLogName, {question.patterns, true}, wait);
}

} // namespace mars
