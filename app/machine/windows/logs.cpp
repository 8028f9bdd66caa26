// SPDX-License-Identifier: MIT
#include "logs.h"

#include "agent_log.h"
#include "error.h"
#include "failed_files.h"
#include "file_find.h"
#include "file_time.h"
#include "wide.h"

#include <algorithm>

namespace mars
{

namespace
{

/// How much of the newest lines is read, over all files together.
constexpr std::uint64_t kMostBytes = 16 * 1024 * 1024;

bool IsAgentLog(const FileInfo& file)
{
    return !file.IsDirectory() && StartsWithIgnoreCase(file.name, "CBEngine")
        && EndsWithIgnoreCase(file.name, ".errlog");
}

/// The newest first.
Answer<std::vector<FileInfo>> FindLogs(const std::string& folder, const Wait& wait)
{
    std::vector<FileInfo> logs;
    const Answer<bool> visited = VisitFolder(folder, [&](const WIN32_FIND_DATAW& found) {
        FileInfo file = FileInfoFrom(found);
        if (IsAgentLog(file))
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
    return logs.empty() ? Answer<std::vector<FileInfo>>(Absent{}) : logs;
}

/// The agent renames and deletes its logs while they are read.
UniqueHandle OpenLog(const std::string& path)
{
    return UniqueHandle(CreateFileW(WidePath(path).c_str(), GENERIC_READ,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
        FILE_FLAG_SEQUENTIAL_SCAN, nullptr));
}

bool BeginsWithUtf16Mark(HANDLE file)
{
    unsigned char mark[2]{};
    DWORD read = 0;
    return ReadFile(file, mark, 2, &read, nullptr) && read == 2 && mark[0] == 0xFF && mark[1] == 0xFE;
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

std::size_t ReadInto(HANDLE file, std::span<char> buffer)
{
    DWORD read = 0;
    const BOOL done = ReadFile(file, buffer.data(), static_cast<DWORD>(buffer.size()), &read, nullptr);
    return done ? read : 0;
}

/// Scans at most `most` bytes from the file's end and takes what was used off.
Status ScanFile(const std::string& path, AgentLogScanner& scanner, std::uint64_t& most, const Wait& wait)
{
    const UniqueHandle handle = OpenLog(path);
    if (!handle)
    {
        return LastFailure("CreateFile", path);
    }
    const Answer<BY_HANDLE_FILE_INFORMATION> info = QueryFile(handle.Get(), path);
    if (!info)
    {
        return info.Error();
    }
    const std::uint64_t size = (static_cast<std::uint64_t>(info->nFileSizeHigh) << 32) | info->nFileSizeLow;
    AgentLogFile file;
    file.written = TimeFrom(info->ftLastWriteTime);
    file.utcOffset = OffsetAt(info->ftLastWriteTime);
    file.utf16 = BeginsWithUtf16Mark(handle.Get());
    file.beginsInside = size > most;
    file.read = [&](std::span<char> buffer) { return ReadInto(handle.Get(), buffer); };

    LARGE_INTEGER begin;
    begin.QuadPart = static_cast<LONGLONG>(file.beginsInside ? (size - most) & ~std::uint64_t(1) : 0);
    if (!SetFilePointerEx(handle.Get(), begin, nullptr, FILE_BEGIN))
    {
        return LastFailure("SetFilePointerEx", path);
    }
    most -= std::min(most, size);
    return scanner.Add(file, wait) ? Status::Done() : Status(wait.WhyOver("scan " + path));
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
        const std::size_t size = ReadInto(file, {chunk.data(), std::min(chunk.size(), most - bytes.size())});
        if (size == 0)
        {
            break;
        }
        bytes.append(chunk.data(), size);
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
    const Answer<std::vector<FileInfo>> logs = FindLogs(question.folder, wait);
    if (!logs)
    {
        return logs.HasFailed() ? Answer<LogScan>(logs.Error()) : Absent{};
    }
    AgentLogScanner scanner(question.patterns);
    std::uint64_t most = kMostBytes;
    for (auto log = logs->begin(); log != logs->end() && most > 0; ++log)
    {
        const Status scanned = ScanFile(JoinPath(question.folder, log->name), scanner, most, wait);
        // A log that was renamed meanwhile is found under its next name or was read already.
        if (!scanned && !MeansAbsent(scanned.Error().code))
        {
            return scanned.Error();
        }
    }
    return scanner.Take();
}

} // namespace mars
