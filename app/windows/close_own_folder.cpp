// SPDX-License-Identifier: MIT
#include "close_own_folder.h"

#include "error.h"
#include "file_security.h"
#include "questions/files.h"
#include "wide.h"

#include <fmt/format.h>
#include <fmt/xchar.h>

namespace mars
{

namespace
{

/// Without touching what is below, which SetSecurityInfo would do.
Status SetAccess(HANDLE opened, const std::wstring& sddl, const std::string& path)
{
    const UniqueLocal<void> security = MakeSecurityDescriptor(sddl.c_str());
    const SECURITY_INFORMATION parts = DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION;
    return SetKernelObjectSecurity(opened, parts, security.get())
        ? Status::Done()
        : Status(LastFailure("SetKernelObjectSecurity", path));
}

bool IsOpened(const Status& judged)
{
    return !judged && judged.Error().code == kFolderOpened;
}

class Closing
{
public:
    Closing(const FolderTrust& trust, std::string_view mark) : m_trust(trust), m_mark(mark) {}

    /// Whether something in one of its sub-folders was open.
    Answer<bool> CloseBelow(const OpenFolder& parent, const std::vector<std::string>& names) const
    {
        bool opened = false;
        for (const std::string& name : names)
        {
            ChildRequest request;
            request.access = FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES | READ_CONTROL
                | WRITE_DAC | FILE_TRAVERSE;
            request.share = FILE_SHARE_READ | FILE_SHARE_WRITE;
            request.disposition = FILE_OPEN;
            request.folder = true;
            Answer<UniqueHandle> handle = parent.Child(name, request);
            if (handle.HasFailed())
            {
                return handle.Error();
            }
            if (handle)
            {
                OpenFolder folder(std::move(*handle), JoinPath(parent.Path(), name));
                const Answer<bool> closed = CloseFolder(folder, false);
                if (!closed)
                {
                    return closed;
                }
                opened = opened || *closed;
            }
        }
        return opened;
    }

    /// Until everything in it is marked the folder stays one that nobody trusts, but the person can put
    /// nothing into it any more: what the list still grants is for things that do not exist yet.
    Answer<bool> CloseFolder(OpenFolder& folder, bool marksAll) const
    {
        const Status judged = JudgeOpenFolder(folder, m_trust);
        const bool opened = IsOpened(judged);
        if (!judged && !opened)
        {
            return judged.Error();
        }
        const std::wstring closing =
            kOwnFolderSecurity + fmt::format(L"(A;OICIIO;FA;;;{})", Wide(m_trust.person));
        if (opened)
        {
            if (const Status narrowed = SetAccess(folder.Handle(), closing, folder.Path()); !narrowed)
            {
                return narrowed.Error();
            }
        }
        const Answer<bool> files = CloseFiles(folder, marksAll || opened);
        if (!files)
        {
            return files;
        }
        HideFromExplorer(folder.Handle());
        if (opened)
        {
            if (const Status closed = SetAccess(folder.Handle(), kOwnFolderSecurity, folder.Path()); !closed)
            {
                return closed.Error();
            }
        }
        return opened || *files;
    }

private:
    Answer<bool> CloseFiles(OpenFolder& folder, bool marksAll) const
    {
        bool opened = false;
        for (;;)
        {
            const Answer<std::vector<FileInfo>> batch = folder.Next();
            if (!batch)
            {
                return batch.Error();
            }
            if (batch->empty())
            {
                return opened;
            }
            for (const FileInfo& file : *batch)
            {
                const bool plain =
                    (file.attributes & (file_attribute::kDirectory | file_attribute::kReparsePoint)) == 0;
                const bool record = !EqualsIgnoreCase(file.name, kLockName);
                const Answer<bool> closed =
                    plain ? CloseFile(folder, file.name, record, marksAll) : Answer<bool>(false);
                if (!closed)
                {
                    return closed;
                }
                opened = opened || *closed;
            }
        }
    }

    /// A file of somebody else stays as it is: it is not trusted when it is read either.
    Answer<bool> CloseFile(
        const OpenFolder& folder, const std::string& name, bool record, bool marksAll) const
    {
        ChildRequest request;
        // Shared with nobody: who has it open already could write to it later.
        request.access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | READ_CONTROL | WRITE_DAC;
        request.disposition = FILE_OPEN;
        request.writeThrough = true;
        const Answer<UniqueHandle> file = folder.Child(name, request);
        if (!file)
        {
            return file.HasFailed() ? Answer<bool>(file.Error()) : false;
        }
        const std::string path = JoinPath(folder.Path(), name);
        const Status judged = JudgeOpenFile(file->Get(), path, m_trust);
        const bool opened = IsOpened(judged);
        if (!judged && !opened)
        {
            return false;
        }
        if (record && (marksAll || opened) && !m_mark.empty())
        {
            if (const Status marked = AppendAll(file->Get(), m_mark, path); !marked)
            {
                return marked.Error();
            }
        }
        if (opened)
        {
            if (const Status closed = SetAccess(file->Get(), kOwnFileSecurity, path); !closed)
            {
                return closed.Error();
            }
        }
        return opened;
    }

    const FolderTrust& m_trust;
    std::string_view m_mark;
};

} // namespace

Status CloseOwnFolder(const std::string& path, const std::vector<std::string>& below,
    const FolderTrust& trust, std::string_view mark)
{
    Answer<OpenFolder> folder = OpenFolder::At(path, FILE_TRAVERSE | WRITE_DAC | FILE_WRITE_ATTRIBUTES);
    if (!folder)
    {
        return folder.HasFailed() ? Status(folder.Error()) : Status::Done();
    }
    // The sub-folders first: while the folder itself is open nothing in it is trusted.
    const Answer<bool> opened = Closing(trust, {}).CloseBelow(*folder, below);
    if (!opened)
    {
        return opened.Error();
    }
    const Answer<bool> closed = Closing(trust, mark).CloseFolder(*folder, *opened);
    return closed ? Status::Done() : Status(closed.Error());
}

} // namespace mars
