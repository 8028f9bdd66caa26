// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "error.h"
#include "open_folder.h"
#include "questions/files.h"
#include "wide.h"

#include <winioctl.h>
#include <winternl.h>

#include <cstddef>
#include <cstdint>

namespace mars
{

namespace
{

/// What a file is called until it is whole.
constexpr const char* kUnfinished = ".mars-new";

constexpr ULONG kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

Status DeleteChild(const OpenFolder& folder, const std::string& name)
{
    ChildRequest request;
    request.access = DELETE;
    request.share = kShareAll;
    request.disposition = FILE_OPEN;
    const Answer<UniqueHandle> file = folder.Child(name, request);
    if (!file)
    {
        return file.HasFailed() ? Status(file.Error()) : Status::Done();
    }
    return MarkForDeletion(file->Get(), name);
}

Status WriteWhole(HANDLE file, std::string_view bytes, const std::string& name)
{
    while (!bytes.empty())
    {
        DWORD written = 0;
        const DWORD size = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1 << 20));
        if (!WriteFile(file, bytes.data(), size, &written, nullptr) || written == 0)
        {
            return LastFailure("WriteFile", name);
        }
        bytes.remove_prefix(written);
    }
    return FlushFileBuffers(file) ? Status::Done() : LastFailure("FlushFileBuffers", name);
}

/// The open file takes the place of `target`, in one step.
Status RenameOver(HANDLE file, const std::string& target)
{
    const std::wstring path = WidePath(target);
    const std::size_t textBytes = path.size() * sizeof(wchar_t);
    // Not max_align_t: it has padding, which stays as it was, in the place of RootDirectory too.
    std::vector<std::uint64_t> memory((sizeof(FILE_RENAME_INFO) + textBytes) / sizeof(std::uint64_t) + 1);
    static_assert(alignof(FILE_RENAME_INFO) <= alignof(std::uint64_t));
    auto& rename = *reinterpret_cast<FILE_RENAME_INFO*>(memory.data());
    rename.ReplaceIfExists = TRUE;
    rename.FileNameLength = static_cast<DWORD>(textBytes);
    std::copy(path.begin(), path.end(), rename.FileName);
    const DWORD size = static_cast<DWORD>(offsetof(FILE_RENAME_INFO, FileName) + textBytes + sizeof(wchar_t));
    return SetFileInformationByHandle(file, FileRenameInfo, memory.data(), size)
        ? Status::Done()
        : LastFailure("SetFileInformationByHandle", target);
}

/// The folder stays open, so that it cannot be put elsewhere meanwhile.
Status PutIn(const OpenFolder& folder, const std::string& target, std::string_view bytes)
{
    const std::string name = std::string(FileNameOf(target)) + kUnfinished;
    // Left behind by a run that did not reach its end.
    if (const Status gone = DeleteChild(folder, name); !gone)
    {
        return gone;
    }
    ChildRequest request;
    request.access = FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | DELETE;
    request.disposition = FILE_CREATE;
    const Answer<UniqueHandle> file = folder.Child(name, request);
    if (!file)
    {
        return file.HasFailed() ? file.Error() : FailureFrom(ERROR_PATH_NOT_FOUND, "NtCreateFile", target);
    }
    Status done = WriteWhole(file->Get(), bytes, target);
    done = done ? RenameOver(file->Get(), target) : done;
    if (!done)
    {
        (void)MarkForDeletion(file->Get(), name);
    }
    return done;
}

Answer<OpenFolder> OpenOrMake(const std::string& path)
{
    Answer<OpenFolder> folder = OpenFolder::At(path, FILE_TRAVERSE);
    if (folder.IsAbsent() && CreateDirectoryW(WidePath(path).c_str(), nullptr))
    {
        folder = OpenFolder::At(path, FILE_TRAVERSE);
    }
    return folder;
}

bool IsLink(const OpenFolder& folder)
{
    const Answer<FileInfo> info = FileInfoOf(folder.Handle(), folder.Path());
    return !info || (info->attributes & file_attribute::kReparsePoint) != 0;
}

/// Goes through a folder and everything below it.
class Uncompressor
{
public:
    Uncompressor(const UncompressProgress& progress, const Wait& wait) : m_progress(progress), m_wait(wait) {}

    const UncompressResult& Result() const
    {
        return m_result;
    }

    void Run(OpenFolder& folder)
    {
        // The folder first, so that what is made in it meanwhile is not compressed.
        Uncompress(folder.Handle(), folder.Path());
        while (!m_result.endedEarly)
        {
            const Answer<std::vector<FileInfo>> batch = folder.Next();
            if (!batch)
            {
                m_result.endedEarly = batch.Error();
                return;
            }
            if (batch->empty())
            {
                return;
            }
            for (const FileInfo& entry : *batch)
            {
                Visit(folder, entry);
            }
        }
    }

private:
    void Visit(const OpenFolder& folder, const FileInfo& entry)
    {
        const bool isLink = (entry.attributes & file_attribute::kReparsePoint) != 0;
        const bool wanted = entry.IsDirectory() || (entry.attributes & file_attribute::kCompressed) != 0;
        if (m_result.endedEarly || isLink || !wanted)
        {
            return;
        }
        if (m_wait.IsOver())
        {
            m_result.endedEarly = m_wait.WhyOver("uncompress " + folder.Path());
            return;
        }
        ChildRequest request;
        request.access = FILE_READ_DATA | FILE_WRITE_DATA | FILE_READ_ATTRIBUTES;
        request.share = entry.IsDirectory() ? FILE_SHARE_READ | FILE_SHARE_WRITE : FILE_SHARE_READ;
        request.disposition = FILE_OPEN;
        request.folder = entry.IsDirectory();
        Answer<UniqueHandle> child = folder.Child(entry.name, request);
        if (child.HasFailed())
        {
            m_result.endedEarly = child.Error();
        }
        else if (child && entry.IsDirectory())
        {
            OpenFolder below(std::move(*child), JoinPath(folder.Path(), entry.name));
            Run(below);
        }
        else if (child)
        {
            Uncompress(child->Get(), JoinPath(folder.Path(), entry.name));
        }
    }

    void Uncompress(HANDLE handle, const std::string& path)
    {
        const Answer<FileInfo> info = FileInfoOf(handle, path);
        if (info && (info->attributes & file_attribute::kCompressed) == 0)
        {
            return;
        }
        USHORT format = COMPRESSION_FORMAT_NONE;
        DWORD unused = 0;
        if (!DeviceIoControl(
                handle, FSCTL_SET_COMPRESSION, &format, sizeof format, nullptr, 0, &unused, nullptr))
        {
            m_result.endedEarly = LastFailure("FSCTL_SET_COMPRESSION", path);
            return;
        }
        m_progress(++m_result.done);
    }

    const UncompressProgress& m_progress;
    const Wait& m_wait;
    UncompressResult m_result;
};

} // namespace

Status WindowsChanger::ReplaceFile(const std::string& target, const std::optional<std::string>& source)
{
    const std::string folderPath(FolderOf(target));
    if (!source)
    {
        {
            const Answer<OpenFolder> folder = OpenFolder::At(folderPath, FILE_TRAVERSE);
            const Status deleted = folder && !IsLink(*folder)
                ? DeleteChild(*folder, std::string(FileNameOf(target)))
                : Status::Done();
            if (!deleted || folder.HasFailed())
            {
                return folder.HasFailed() ? folder.Error() : deleted;
            }
        }
        // Stays where it holds anything.
        RemoveDirectoryW(WidePath(folderPath).c_str());
        return Status::Done();
    }
    const Answer<std::string> bytes = m_privateFolder.ReadCopy(*source);
    if (!bytes)
    {
        return bytes.HasFailed() ? bytes.Error() : FailureFrom(ERROR_FILE_NOT_FOUND, "NtCreateFile", *source);
    }
    const Answer<OpenFolder> folder = OpenOrMake(folderPath);
    if (!folder)
    {
        return folder.HasFailed() ? folder.Error()
                                  : FailureFrom(ERROR_PATH_NOT_FOUND, "CreateFile", folderPath);
    }
    constexpr DWORD kReparsePointEncountered = 4395;
    return IsLink(*folder) ? Status(FailureFrom(kReparsePointEncountered, "CreateFile", folderPath))
                           : PutIn(*folder, target, *bytes);
}

UncompressResult WindowsChanger::UncompressFolder(
    const std::string& path, const UncompressProgress& progress, const Wait& wait)
{
    Answer<OpenFolder> folder = OpenFolder::At(path, FILE_WRITE_DATA);
    if (!folder || IsLink(*folder))
    {
        return {
            0, folder.HasFailed() ? folder.Error() : FailureFrom(ERROR_PATH_NOT_FOUND, "CreateFile", path)};
    }
    Uncompressor uncompressor(progress, wait);
    uncompressor.Run(*folder);
    return uncompressor.Result();
}

} // namespace mars
