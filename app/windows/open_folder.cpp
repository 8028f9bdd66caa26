// SPDX-License-Identifier: MIT
#include "open_folder.h"

#include "error.h"
#include "file_time.h"
#include "questions/files.h"
#include "wide.h"

#include <winternl.h>

#include <atomic>
#include <cstddef>

namespace mars
{

namespace
{

constexpr std::size_t kBatchBytes = 64 * 1024;

// Names that are not in every header.
constexpr DWORD kDirectoryNotSupported = 336;
constexpr DWORD kReparsePointEncountered = 4395;
constexpr auto kStatusInvalidParameter = static_cast<NTSTATUS>(0xC000000D);
constexpr auto kStatusDeletePending = static_cast<NTSTATUS>(0xC0000056);
constexpr auto kStatusFileIsADirectory = static_cast<NTSTATUS>(0xC00000BA);
constexpr auto kStatusReparsePointEncountered = static_cast<NTSTATUS>(0xC000050B);
/// A success: the file is open, and who holds the oplock has not answered yet (ntstatus.h).
constexpr auto kStatusOplockBreakInProgress = static_cast<NTSTATUS>(0x00000108);
constexpr ULONG kDontReparse = 0x1000;

/// RtlNtStatusToDosError says "access denied" for the first two, and does not know the third everywhere.
DWORD CodeOf(NTSTATUS status)
{
    switch (status)
    {
    case kStatusDeletePending:
        return ERROR_DELETE_PENDING;
    case kStatusFileIsADirectory:
        return kDirectoryNotSupported;
    case kStatusReparsePointEncountered:
        return kReparsePointEncountered;
    default:
        return RtlNtStatusToDosError(status);
    }
}

NTSTATUS Open(
    HANDLE folder, std::wstring& name, const ChildRequest& request, ULONG attributes, HANDLE* handle)
{
    UNICODE_STRING text{};
    text.Buffer = name.data();
    text.Length = static_cast<USHORT>(name.size() * sizeof(wchar_t));
    text.MaximumLength = text.Length;
    OBJECT_ATTRIBUTES object{};
    object.Length = sizeof object;
    object.RootDirectory = folder;
    object.ObjectName = &text;
    object.Attributes = attributes;
    object.SecurityDescriptor = request.security;
    IO_STATUS_BLOCK io{};
    return NtCreateFile(handle, request.access | SYNCHRONIZE, &object, &io, nullptr, FILE_ATTRIBUTE_NORMAL,
        request.share, request.disposition, CreateOptions(request), nullptr, 0);
}

std::string_view WithoutPrefix(std::string_view path, std::string& storage)
{
    constexpr std::string_view kUnc = "\\\\?\\UNC\\";
    constexpr std::string_view kPlain = "\\\\?\\";
    if (path.starts_with(kUnc))
    {
        storage = "\\\\" + std::string(path.substr(kUnc.size()));
        return storage;
    }
    return path.starts_with(kPlain) ? path.substr(kPlain.size()) : path;
}

FileInfo FileInfoFrom(const FILE_FULL_DIR_INFO& entry)
{
    FileInfo info;
    info.name = Narrow({entry.FileName, entry.FileNameLength / sizeof(wchar_t)});
    info.attributes = entry.FileAttributes;
    info.bytes = static_cast<std::uint64_t>(entry.EndOfFile.QuadPart);
    info.created = TimeFrom(entry.CreationTime.QuadPart);
    info.written = TimeFrom(entry.LastWriteTime.QuadPart);
    return info;
}

std::vector<FileInfo> EntriesIn(const std::byte* batch)
{
    std::vector<FileInfo> entries;
    for (;;)
    {
        const auto& entry = *reinterpret_cast<const FILE_FULL_DIR_INFO*>(batch);
        FileInfo info = FileInfoFrom(entry);
        if (info.name != "." && info.name != "..")
        {
            entries.push_back(std::move(info));
        }
        if (entry.NextEntryOffset == 0)
        {
            return entries;
        }
        batch += entry.NextEntryOffset;
    }
}

} // namespace

ULONG CreateOptions(const ChildRequest& request)
{
    return FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_REPARSE_POINT
        | (request.folder ? FILE_DIRECTORY_FILE : FILE_NON_DIRECTORY_FILE)
        | (request.writeThrough ? FILE_WRITE_THROUGH : 0)
        | (request.neverWait ? FILE_COMPLETE_IF_OPLOCKED : 0);
}

bool IsChildName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && name.size() < 32'000
        && name.find_first_of(std::string_view("\\/:\0", 4)) == std::string_view::npos;
}

Answer<OpenFolder> OpenFolder::At(const std::string& path, ACCESS_MASK access)
{
    UniqueHandle handle(CreateFileW(WidePath(path).c_str(),
        FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | READ_CONTROL | SYNCHRONIZE | access,
        FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
        FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    if (!handle)
    {
        const Failure failure = LastFailure("CreateFile", path);
        return MeansAbsent(failure.code) ? Answer<OpenFolder>(Absent{}) : failure;
    }
    return OpenFolder(std::move(handle), path);
}

Answer<UniqueHandle> OpenFolder::Child(const std::string& name, const ChildRequest& request) const
{
    if (!IsChildName(name))
    {
        return FailureFrom(ERROR_INVALID_NAME, "NtCreateFile", name);
    }
    // Windows before 10 does not know the flag. It is a second lock: a name of one part, opened with
    // FILE_OPEN_REPARSE_POINT, has no link to follow but those that a file system filter makes up.
    static std::atomic<ULONG> s_attributes = kDontReparse;
    std::wstring wide = Wide(name);
    UniqueHandle handle;
    ULONG attributes = s_attributes;
    NTSTATUS status = Open(Handle(), wide, request, attributes, handle.Receive());
    if (status == kStatusInvalidParameter && attributes != 0)
    {
        s_attributes = 0;
        status = Open(Handle(), wide, request, 0, handle.Receive());
    }
    return WhatWasOpened(status, std::move(handle), JoinPath(m_path, name));
}

Answer<UniqueHandle> WhatWasOpened(long status, UniqueHandle handle, const std::string& path)
{
    if (status == kStatusOplockBreakInProgress)
    {
        return FailureFrom(ERROR_SHARING_VIOLATION, "NtCreateFile", path);
    }
    return status >= 0 ? Answer<UniqueHandle>(std::move(handle))
                       : AbsentOrFailure<UniqueHandle>(CodeOf(status), "NtCreateFile", path);
}

Answer<std::vector<FileInfo>> OpenFolder::Next()
{
    m_batch.resize(kBatchBytes / sizeof(std::max_align_t));
    for (;;)
    {
        const auto kind = m_restart ? FileFullDirectoryRestartInfo : FileFullDirectoryInfo;
        if (!GetFileInformationByHandleEx(Handle(), kind, m_batch.data(), kBatchBytes))
        {
            const Failure end = LastFailure("GetFileInformationByHandleEx", m_path);
            // The root of an empty volume has not even "." to list.
            const bool isEnd =
                end.code == ERROR_NO_MORE_FILES || (m_restart && end.code == ERROR_FILE_NOT_FOUND);
            return isEnd ? Answer<std::vector<FileInfo>>(std::vector<FileInfo>()) : end;
        }
        m_restart = false;
        std::vector<FileInfo> entries = EntriesIn(reinterpret_cast<const std::byte*>(m_batch.data()));
        if (!entries.empty())
        {
            return entries;
        }
    }
}

Answer<FileInfo> FileInfoOf(HANDLE file, const std::string& name)
{
    // Not GetFileInformationByHandle: it asks for the volume too, which costs more than all the rest.
    FILE_BASIC_INFO basic{};
    FILE_STANDARD_INFO standard{};
    if (!GetFileInformationByHandleEx(file, FileBasicInfo, &basic, sizeof basic)
        || !GetFileInformationByHandleEx(file, FileStandardInfo, &standard, sizeof standard))
    {
        return LastFailure("GetFileInformationByHandleEx", name);
    }
    FileInfo info;
    info.name = name;
    info.attributes = basic.FileAttributes;
    info.bytes = static_cast<std::uint64_t>(standard.EndOfFile.QuadPart);
    info.created = TimeFrom(basic.CreationTime.QuadPart);
    info.written = TimeFrom(basic.LastWriteTime.QuadPart);
    return info;
}

Answer<std::string> FinalPathOf(HANDLE file, const std::string& name)
{
    std::wstring path(1024, L'\0');
    DWORD length = 0;
    // A second try where the path is longer; it may change between the two.
    for (int i = 0; i < 2; ++i)
    {
        length = GetFinalPathNameByHandleW(file, path.data(), static_cast<DWORD>(path.size()), 0);
        if (length < path.size())
        {
            break;
        }
        path.resize(length + 1);
    }
    if (length == 0 || length >= path.size())
    {
        return LastFailure("GetFinalPathNameByHandle", name);
    }
    path.resize(length);
    std::string storage;
    return std::string(WithoutPrefix(Narrow(path), storage));
}

Status MarkForDeletion(HANDLE file, const std::string& name)
{
    FILE_DISPOSITION_INFO disposition{};
    disposition.DeleteFile = TRUE;
    if (!SetFileInformationByHandle(file, FileDispositionInfo, &disposition, sizeof disposition))
    {
        return LastFailure("SetFileInformationByHandle", name);
    }
    return Status::Done();
}

} // namespace mars
