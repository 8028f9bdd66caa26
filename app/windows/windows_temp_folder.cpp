// SPDX-License-Identifier: MIT
#include "windows_temp_folder.h"

#include "error.h"
#include "open_folder.h"
#include "questions/files.h"
#include "wide.h"

#include <winternl.h>

#include <fmt/format.h>

#include <atomic>

namespace mars
{

namespace
{

// Windows 10 1607 and later: the name is free as soon as the file is closed, whoever else still has it open.
constexpr auto kFileDispositionInfoEx = static_cast<FILE_INFO_BY_HANDLE_CLASS>(21);
constexpr DWORD kDeleteWithPosixSemantics = 0x1 | 0x2;

// What SetFileInformationByHandle takes; a file may have others, such as "sparse".
constexpr DWORD kSettableAttributes = 0x31A7;

constexpr std::uint32_t kReparsePointEncountered = 4395;

/// FileDispositionInfoEx is not there before Windows 10 1607, nor on every file system.
bool MeansUnknownRequest(DWORD code)
{
    return code == ERROR_INVALID_PARAMETER || code == ERROR_NOT_SUPPORTED || code == ERROR_INVALID_FUNCTION;
}

/// Whether this folder's file system takes FileDispositionInfoEx; shared with its files, which may outlive
/// it.
using PosixDeletion = std::shared_ptr<std::atomic<bool>>;

class WindowsTempFile final : public TempFile
{
public:
    WindowsTempFile(UniqueHandle handle, std::string name, PosixDeletion posix)
        : m_handle(std::move(handle)), m_name(std::move(name)), m_posix(std::move(posix))
    {}

    Answer<FileInfo> Query() override
    {
        return FileInfoOf(m_handle.Get(), m_name);
    }

    Status SetAttributes(std::uint32_t attributes) override
    {
        FILE_BASIC_INFO basic{};
        // No attributes at all would mean "leave them as they are", as times of 0 do.
        basic.FileAttributes = attributes & kSettableAttributes;
        if (basic.FileAttributes == 0)
        {
            basic.FileAttributes = FILE_ATTRIBUTE_NORMAL;
        }
        if (!SetFileInformationByHandle(m_handle.Get(), FileBasicInfo, &basic, sizeof basic))
        {
            return LastFailure("SetFileInformationByHandle", m_name);
        }
        return Status::Done();
    }

    Status MarkForDeletion() override
    {
        if (*m_posix)
        {
            DWORD flags = kDeleteWithPosixSemantics;
            if (SetFileInformationByHandle(m_handle.Get(), kFileDispositionInfoEx, &flags, sizeof flags))
            {
                return Status::Done();
            }
            const Failure failure = LastFailure("SetFileInformationByHandle", m_name);
            if (!MeansUnknownRequest(failure.code))
            {
                return failure;
            }
            *m_posix = false;
        }
        return mars::MarkForDeletion(m_handle.Get(), m_name);
    }

private:
    UniqueHandle m_handle;
    std::string m_name;
    PosixDeletion m_posix;
};

class WindowsTempFolder final : public TempFolder
{
public:
    explicit WindowsTempFolder(OpenFolder folder) : m_folder(std::move(folder)) {}

    Answer<std::vector<FileInfo>> Next() override
    {
        return m_folder.Next();
    }

    Status Rewind() override
    {
        m_folder.Rewind();
        return Status::Done();
    }

    Answer<std::unique_ptr<TempFile>> Open(const std::string& name) override
    {
        ChildRequest request;
        request.access = DELETE | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES;
        // Whoever has the file open for reading, writing or deleting, and however much it shares, uses it:
        // with no sharing on this side, Windows answers "sharing violation".
        request.share = 0;
        request.disposition = FILE_OPEN;
        // Anybody may have put a file there and hold it so that a plain open waits for ever.
        request.neverWait = true;
        Answer<UniqueHandle> handle = m_folder.Child(name, request);
        if (handle.HasFailed() && handle.Error().code == ERROR_ACCESS_DENIED)
        {
            // The folder may grant the deletion where the file's own access list grants nothing.
            request.access = DELETE | FILE_READ_ATTRIBUTES;
            handle = m_folder.Child(name, request);
        }
        if (!handle)
        {
            return handle.HasFailed() ? Answer<std::unique_ptr<TempFile>>(handle.Error()) : Absent{};
        }
        return std::unique_ptr<TempFile>(
            std::make_unique<WindowsTempFile>(std::move(*handle), name, m_posix));
    }

private:
    OpenFolder m_folder;
    PosixDeletion m_posix = std::make_shared<std::atomic<bool>>(true);
};

std::wstring FullPathOf(const std::string& path)
{
    const std::wstring wide = Wide(path);
    std::wstring full(32'768, L'\0');
    full.resize(GetFullPathNameW(wide.c_str(), static_cast<DWORD>(full.size()), full.data(), nullptr));
    while (full.size() > 3 && full.ends_with(L'\\'))
    {
        full.pop_back();
    }
    return full;
}

bool IsSamePath(const std::wstring& a, const std::wstring& b)
{
    return CompareStringOrdinal(
               a.data(), static_cast<int>(a.size()), b.data(), static_cast<int>(b.size()), TRUE)
        == CSTR_EQUAL;
}

/// A plain folder that is where its path says.
Status CheckPlace(const OpenFolder& folder)
{
    const Answer<FileInfo> info = FileInfoOf(folder.Handle(), folder.Path());
    if (!info)
    {
        return info.Error();
    }
    if ((info->attributes & file_attribute::kReparsePoint) != 0)
    {
        return Failure{
            kReparsePointEncountered, fmt::format("{} is a link or another reparse point", folder.Path())};
    }
    if (!info->IsDirectory())
    {
        return Failure{ERROR_DIRECTORY, fmt::format("{} is no folder", folder.Path())};
    }
    const Answer<std::string> final = FinalPathOf(folder.Handle(), folder.Path());
    if (!final)
    {
        return final.Error();
    }
    if (!IsSamePath(Wide(*final), FullPathOf(folder.Path())))
    {
        return Failure{kReparsePointEncountered, fmt::format("{} leads to {}", folder.Path(), *final)};
    }
    return Status::Done();
}

} // namespace

Answer<std::unique_ptr<TempFolder>> OpenWindowsTempFolder(const std::string& path)
{
    Answer<OpenFolder> folder = OpenFolder::At(path, FILE_TRAVERSE);
    if (!folder)
    {
        return folder.HasFailed() ? Answer<std::unique_ptr<TempFolder>>(folder.Error()) : Absent{};
    }
    if (const Status place = CheckPlace(*folder); !place)
    {
        return place.Error();
    }
    return std::unique_ptr<TempFolder>(std::make_unique<WindowsTempFolder>(std::move(*folder)));
}

} // namespace mars
