// SPDX-License-Identifier: MIT
#include "windows_private_folder.h"

#include "close_own_folder.h"
#include "computer.h"
#include "error.h"
#include "file_security.h"
#include "own_folder.h"
#include "questions/files.h"
#include "wide.h"

#include <winternl.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars
{

namespace
{

/// A sub-folder for copies, and the largest file that may be copied into it.
struct CopyPlace
{
    const char* folder;
    std::size_t largest;
};
/// A credentials file has a few KB, a library of the agent a few MB.
constexpr std::array kCopyPlaces{
    CopyPlace{"credentials", 1024 * 1024}, CopyPlace{"module", 64 * 1024 * 1024}};

constexpr ULONG kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

/// Absent: not there.
Answer<OpenFolder> OpenJudged(const std::string& path, const FolderTrust& trust)
{
    Answer<OpenFolder> folder = OpenFolder::At(path, FILE_TRAVERSE);
    if (folder)
    {
        if (const Status judged = JudgeOpenFolder(*folder, trust); !judged)
        {
            return judged.Error();
        }
    }
    return folder;
}

/// For calls that need the folder to be there.
Failure WhyNotOpen(const Answer<OpenFolder>& folder, const std::string& path)
{
    return folder.HasFailed() ? folder.Error() : FailureFrom(ERROR_PATH_NOT_FOUND, "CreateFile", path);
}

/// Fails with 13 where the file is longer than `limit`.
Answer<std::string> ReadAll(HANDLE file, std::size_t limit, const std::string& path)
{
    std::string bytes;
    for (;;)
    {
        constexpr std::size_t kStep = 64 * 1024;
        const std::size_t before = bytes.size();
        bytes.resize(before + kStep);
        DWORD read = 0;
        if (!ReadFile(file, bytes.data() + before, kStep, &read, nullptr))
        {
            return LastFailure("ReadFile", path);
        }
        bytes.resize(before + read);
        if (bytes.size() > limit)
        {
            return FailureFrom(ERROR_INVALID_DATA, "ReadFile", path);
        }
        if (read == 0)
        {
            return bytes;
        }
    }
}

class WindowsAppendFile final : public AppendFile
{
public:
    WindowsAppendFile(UniqueHandle handle, std::string path)
        : m_handle(std::move(handle)), m_path(std::move(path))
    {}
    Status Append(std::string_view bytes) override
    {
        return AppendAll(m_handle.Get(), bytes, m_path);
    }
    Status Discard() override
    {
        return MarkForDeletion(m_handle.Get(), m_path);
    }

private:
    UniqueHandle m_handle;
    std::string m_path;
};

/// A file that somebody chose: perhaps on a share, whose server must not get to impersonate this program.
Answer<std::string> ReadSource(const std::string& path, std::size_t limit)
{
    const UniqueHandle file(CreateFileW(WidePath(path).c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr,
        OPEN_EXISTING, SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr));
    if (!file)
    {
        return LastFailure("CreateFile", path);
    }
    if (GetFileType(file.Get()) != FILE_TYPE_DISK)
    {
        return FailureFrom(ERROR_INVALID_NAME, "CreateFile", path);
    }
    return ReadAll(file.Get(), limit, path);
}

/// The name of a file directly in `folder`; nothing when the path leads elsewhere, or when Win32 would read
/// the name otherwise than it stands.
std::optional<std::string> NameIn(const std::string& folder, const std::string& path)
{
    const std::string name(FileNameOf(path));
    if (!EqualsIgnoreCase(FolderOf(path), folder) || !IsChildName(name) || name.ends_with('.')
        || name.ends_with(' '))
    {
        return std::nullopt;
    }
    return name;
}

struct CopyName
{
    CopyPlace place;
    std::string name;
};

/// Nothing where the path is no copy's.
std::optional<CopyName> CopyNameOf(const std::string& privateFolder, const std::string& path)
{
    for (const CopyPlace& place : kCopyPlaces)
    {
        if (const auto name = NameIn(JoinPath(privateFolder, place.folder), path))
        {
            return CopyName{place, *name};
        }
    }
    return std::nullopt;
}

/// A sub-folder for copies, made where it is missing and `create` says so. Absent: it is not there.
Answer<OpenFolder> OpenPlace(
    const OpenFolder& parent, const char* place, bool create, const FolderTrust& trust)
{
    const UniqueLocal<void> security = MakeSecurityDescriptor(kOwnFolderSecurity);
    ChildRequest request;
    request.access = FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | READ_CONTROL | FILE_TRAVERSE
        | (create ? FILE_WRITE_ATTRIBUTES : 0);
    request.share = FILE_SHARE_READ | FILE_SHARE_WRITE;
    request.disposition = create ? FILE_OPEN_IF : FILE_OPEN;
    request.folder = true;
    request.security = security.get();
    Answer<UniqueHandle> handle = parent.Child(place, request);
    if (!handle)
    {
        return handle.HasFailed() ? Answer<OpenFolder>(handle.Error()) : Absent{};
    }
    OpenFolder folder(std::move(*handle), JoinPath(parent.Path(), place));
    if (const Status judged = JudgeOpenFolder(folder, trust); !judged)
    {
        return judged.Error();
    }
    if (create)
    {
        HideFromExplorer(folder.Handle());
    }
    return folder;
}

/// A copy that is there, judged. Absent: it is not, or its folder is not.
Answer<UniqueHandle> OpenCopy(
    const std::string& privateFolder, const CopyName& copy, ACCESS_MASK access, const FolderTrust& trust)
{
    const Answer<OpenFolder> parent = OpenJudged(privateFolder, trust);
    if (!parent)
    {
        return parent.HasFailed() ? Answer<UniqueHandle>(parent.Error()) : Absent{};
    }
    const Answer<OpenFolder> folder = OpenPlace(*parent, copy.place.folder, false, trust);
    if (!folder)
    {
        return folder.HasFailed() ? Answer<UniqueHandle>(folder.Error()) : Absent{};
    }
    ChildRequest request;
    request.access = access | FILE_READ_ATTRIBUTES;
    request.share = kShareAll;
    request.disposition = FILE_OPEN;
    return folder->Child(copy.name, request);
}

/// CREATE_NEW says 80 where the system call's number becomes 183.
Failure NameTaken(const Failure& failure)
{
    return failure.code == ERROR_ALREADY_EXISTS ? Failure{ERROR_FILE_EXISTS, failure.what} : failure;
}

Status WriteNew(const OpenFolder& folder, const std::string& name, std::string_view bytes)
{
    const UniqueLocal<void> security = MakeSecurityDescriptor(kOwnFileSecurity);
    ChildRequest request;
    request.access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | DELETE;
    request.disposition = FILE_CREATE;
    request.writeThrough = true;
    request.security = security.get();
    const Answer<UniqueHandle> file = folder.Child(name, request);
    if (!file)
    {
        return file.HasFailed() ? NameTaken(file.Error())
                                : FailureFrom(ERROR_PATH_NOT_FOUND, "NtCreateFile", name);
    }
    const Status written = AppendAll(file->Get(), bytes, name);
    if (!written)
    {
        (void)MarkForDeletion(file->Get(), name);
    }
    return written;
}

} // namespace

WindowsPrivateFolder::WindowsPrivateFolder(
    std::string path, std::vector<std::string> acceptedOwners, std::string personSid)
    : m_path(std::move(path)), m_trust{std::move(acceptedOwners),
                                   personSid.empty() ? CurrentUserSid() : std::move(personSid)}
{}

Status WindowsPrivateFolder::CloseAgain(std::string_view mark)
{
    std::vector<std::string> below;
    std::ranges::transform(kCopyPlaces, std::back_inserter(below), &CopyPlace::folder);
    return CloseOwnFolder(m_path, below, m_trust, mark);
}

Status WindowsPrivateFolder::Prepare()
{
    const UniqueLocal<void> security = MakeSecurityDescriptor(kOwnFolderSecurity);
    SECURITY_ATTRIBUTES attributes{sizeof(SECURITY_ATTRIBUTES), security.get(), FALSE};
    const bool created = CreateDirectoryW(WidePath(m_path).c_str(), &attributes) != FALSE;
    if (!created)
    {
        const Failure failure = LastFailure("CreateDirectory", m_path);
        if (failure.code != ERROR_ALREADY_EXISTS)
        {
            return failure;
        }
    }
    const Answer<OpenFolder> folder = OpenFolder::At(m_path, FILE_WRITE_ATTRIBUTES | (created ? DELETE : 0));
    if (!folder)
    {
        return WhyNotOpen(folder, m_path);
    }
    const Status judged = JudgeOpenFolder(*folder, m_trust);
    if (judged)
    {
        HideFromExplorer(folder->Handle());
    }
    if (!judged && created)
    {
        // A file system that does not keep access lists: nothing of ours stays on it.
        (void)MarkForDeletion(folder->Handle(), m_path);
    }
    return judged;
}

Answer<std::unique_ptr<AppendFile>> WindowsPrivateFolder::OpenAppendFile(const std::string& name, bool create)
{
    const Answer<OpenFolder> folder = OpenJudged(m_path, m_trust);
    if (!folder)
    {
        return WhyNotOpen(folder, m_path);
    }
    const UniqueLocal<void> security = MakeSecurityDescriptor(kOwnFileSecurity);
    ChildRequest request;
    request.access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | READ_CONTROL | (create ? DELETE : 0);
    request.share = FILE_SHARE_READ;
    request.disposition = create ? FILE_CREATE : FILE_OPEN;
    request.writeThrough = true;
    request.security = security.get();
    Answer<UniqueHandle> file = folder->Child(name, request);
    if (!file)
    {
        return file.HasFailed() ? Answer<std::unique_ptr<AppendFile>>(NameTaken(file.Error())) : Absent{};
    }
    const std::string path = JoinPath(m_path, name);
    if (const Status judged = JudgeOpenFile(file->Get(), path, m_trust); !judged)
    {
        return judged.Error();
    }
    return std::unique_ptr<AppendFile>(std::make_unique<WindowsAppendFile>(std::move(*file), path));
}

Answer<std::unique_ptr<AppendFile>> WindowsPrivateFolder::CreateNew(const std::string& name)
{
    return OpenAppendFile(name, true);
}

Answer<std::unique_ptr<AppendFile>> WindowsPrivateFolder::OpenToAppend(const std::string& name)
{
    return OpenAppendFile(name, false);
}

Answer<std::vector<std::string>> WindowsPrivateFolder::List()
{
    Answer<OpenFolder> folder = OpenJudged(m_path, m_trust);
    if (folder.HasFailed())
    {
        return folder.Error();
    }
    std::vector<std::string> names;
    while (folder)
    {
        const Answer<std::vector<FileInfo>> batch = folder->Next();
        if (!batch)
        {
            return batch.Error();
        }
        if (batch->empty())
        {
            break;
        }
        for (const FileInfo& file : *batch)
        {
            const bool plain =
                (file.attributes & (file_attribute::kDirectory | file_attribute::kReparsePoint)) == 0;
            if (plain && !EqualsIgnoreCase(file.name, kLockName))
            {
                names.push_back(file.name);
            }
        }
    }
    return names;
}

Answer<std::string> WindowsPrivateFolder::Read(const std::string& name, std::size_t limit)
{
    const Answer<OpenFolder> folder = OpenJudged(m_path, m_trust);
    if (!folder)
    {
        return folder.HasFailed() ? Answer<std::string>(folder.Error()) : Absent{};
    }
    ChildRequest request;
    request.access = FILE_READ_DATA | FILE_READ_ATTRIBUTES | READ_CONTROL;
    request.share = kShareAll;
    request.disposition = FILE_OPEN;
    const Answer<UniqueHandle> file = folder->Child(name, request);
    if (!file)
    {
        return file.HasFailed() ? Answer<std::string>(file.Error()) : Absent{};
    }
    const std::string path = JoinPath(m_path, name);
    if (const Status judged = JudgeOpenFile(file->Get(), path, m_trust); !judged)
    {
        return judged.Error();
    }
    return ReadAll(file->Get(), limit, path);
}

Answer<std::shared_ptr<void>> WindowsPrivateFolder::Lock()
{
    const Answer<OpenFolder> folder = OpenJudged(m_path, m_trust);
    if (!folder)
    {
        return WhyNotOpen(folder, m_path);
    }
    const UniqueLocal<void> security = MakeSecurityDescriptor(kOwnFileSecurity);
    ChildRequest request;
    request.access = FILE_WRITE_DATA;
    request.disposition = FILE_OPEN_IF;
    request.security = security.get();
    Answer<UniqueHandle> file = folder->Child(kLockName, request);
    if (!file)
    {
        return file.HasFailed() ? file.Error() : FailureFrom(ERROR_PATH_NOT_FOUND, "NtCreateFile", m_path);
    }
    return std::shared_ptr<void>(std::make_shared<UniqueHandle>(std::move(*file)));
}

Status WindowsPrivateFolder::CopyIn(const std::string& source, const std::string& target)
{
    const std::optional<CopyName> copy = CopyNameOf(m_path, target);
    if (!copy)
    {
        return FailureFrom(ERROR_INVALID_NAME, "copy into the private folder", target);
    }
    const Answer<std::string> bytes = ReadSource(source, copy->place.largest);
    if (!bytes)
    {
        return bytes.Error();
    }
    if (const Status prepared = Prepare(); !prepared)
    {
        return prepared;
    }
    const Answer<OpenFolder> parent = OpenJudged(m_path, m_trust);
    if (!parent)
    {
        return WhyNotOpen(parent, m_path);
    }
    const Answer<OpenFolder> folder = OpenPlace(*parent, copy->place.folder, true, m_trust);
    return folder ? WriteNew(*folder, copy->name, *bytes) : WhyNotOpen(folder, m_path);
}

Status WindowsPrivateFolder::DeleteCopy(const std::string& target)
{
    const std::optional<CopyName> copy = CopyNameOf(m_path, target);
    if (!copy)
    {
        return FailureFrom(ERROR_INVALID_NAME, "delete from the private folder", target);
    }
    const Answer<UniqueHandle> file = OpenCopy(m_path, *copy, DELETE, m_trust);
    if (!file)
    {
        return file.HasFailed() ? Status(file.Error()) : Status::Done();
    }
    return MarkForDeletion(file->Get(), target);
}

Answer<std::string> WindowsPrivateFolder::ReadCopy(const std::string& path) const
{
    const std::optional<CopyName> copy = CopyNameOf(m_path, path);
    if (!copy)
    {
        return FailureFrom(ERROR_INVALID_NAME, "read from the private folder", path);
    }
    const Answer<UniqueHandle> file = OpenCopy(m_path, *copy, FILE_READ_DATA | READ_CONTROL, m_trust);
    if (!file)
    {
        return file.HasFailed() ? Answer<std::string>(file.Error()) : Absent{};
    }
    if (const Status judged = JudgeOpenFile(file->Get(), path, m_trust); !judged)
    {
        return judged.Error();
    }
    return ReadAll(file->Get(), copy->place.largest, path);
}

} // namespace mars
