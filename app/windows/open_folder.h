// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "handle.h"
#include "questions/files.h"

#include <string>
#include <vector>

namespace mars
{

/// How OpenFolder::Child opens. Never follows a link, junction or other reparse point.
struct ChildRequest
{
    ACCESS_MASK access = 0;
    /// FILE_SHARE_*: what others may have open at the same time.
    ULONG share = 0;
    /// FILE_OPEN, FILE_CREATE or FILE_OPEN_IF.
    ULONG disposition = 0;
    bool folder = false;
    bool writeThrough = false;
    /// Do not wait for a program that has asked to be told before others open the file (an oplock), which may
    /// never let go: the file counts as in use.
    bool neverWait = false;
    /// For what is created.
    PSECURITY_DESCRIPTOR security = nullptr;
};

/// A folder that was opened without following a link at its end and stays open. Its children are opened below
/// its handle, so that it does not matter what the path leads to meanwhile.
class OpenFolder
{
public:
    /// Absent: not there. `access` is added to the right to list and to read attributes and access list.
    /// Others may not delete or rename the folder while it is open.
    static Answer<OpenFolder> At(const std::string& path, ACCESS_MASK access = 0);
    OpenFolder(UniqueHandle handle, std::string path) : m_handle(std::move(handle)), m_path(std::move(path))
    {}

    HANDLE Handle() const
    {
        return m_handle.Get();
    }
    const std::string& Path() const
    {
        return m_path;
    }

    /// Opens a direct child, by its exact name. Absent: not there. Special failures: 123 the name is none,
    /// 32 in use, 303 about to vanish, 336 a folder where a file is wanted, 4395 a reparse point in the way.
    Answer<UniqueHandle> Child(const std::string& name, const ChildRequest& request) const;

    /// The next entries, without "." and ".."; empty at the end. At most 64 KiB of them.
    Answer<std::vector<FileInfo>> Next();
    void Rewind()
    {
        m_restart = true;
    }

private:
    UniqueHandle m_handle;
    std::string m_path;
    std::vector<std::max_align_t> m_batch;
    bool m_restart = true;
};

/// The options (FILE_* of ntifs.h) that NtCreateFile gets for a child.
ULONG CreateOptions(const ChildRequest& request);

/// What NtCreateFile's status means for what it was asked to open. A success with `handle`, but
/// STATUS_OPLOCK_BREAK_IN_PROGRESS is 32 (ERROR_SHARING_VIOLATION), and the handle is closed.
Answer<UniqueHandle> WhatWasOpened(long status, UniqueHandle handle, const std::string& path);

/// Letters, dots and all else that a file system takes, but nothing that leads elsewhere: no separator, no
/// stream.
bool IsChildName(std::string_view name);

/// Attributes, size and times of what is open.
Answer<FileInfo> FileInfoOf(HANDLE file, const std::string& name);

/// Where the handle leads, as a drive or UNC path.
Answer<std::string> FinalPathOf(HANDLE file, const std::string& name);

/// Marks an open file for deletion when its last handle is closed.
Status MarkForDeletion(HANDLE file, const std::string& name);

} // namespace mars
