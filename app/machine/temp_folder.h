// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "questions/files.h"

#include <memory>
#include <string>
#include <vector>

namespace mars
{

/// One file of a TempFolder, held open. Closed by its destructor.
class TempFile
{
public:
    virtual ~TempFile() = default;
    /// Attributes, size and times of the open file itself.
    virtual Answer<FileInfo> Query() = 0;
    /// Sets the attributes (to drop read-only).
    virtual Status SetAttributes(std::uint32_t attributes) = 0;
    /// Marks the file for deletion when it is closed.
    virtual Status MarkForDeletion() = 0;
};

/// A folder that was opened once, checked (a plain directory whose final path is the expected one) and is
/// kept open: what its path leads to later does not matter. This is the only way in which temporary files are
/// deleted, and the place where a test puts a hostile file system.
class TempFolder
{
public:
    virtual ~TempFolder() = default;
    /// The next names in the folder, folders and other files included, in no order; empty at the end.
    /// Constant memory: at most a few hundred entries a call.
    virtual Answer<std::vector<FileInfo>> Next() = 0;
    /// Starts the enumeration again.
    virtual Status Rewind() = 0;
    /// Opens a direct child below the folder's handle, for deletion, without following a link or reparse
    /// point. Absent: gone. Failed with 32 (sharing violation): in use.
    virtual Answer<std::unique_ptr<TempFile>> Open(const std::string& name) = 0;
};

} // namespace mars
