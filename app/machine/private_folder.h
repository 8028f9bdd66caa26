// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "machine.h"

#include <memory>
#include <string>
#include <vector>

namespace mars
{

/// A new file that is only ever appended to; each Append is on disk when it returns.
class AppendFile
{
public:
    virtual ~AppendFile() = default;
    virtual Status Append(std::string_view bytes) = 0;
    /// Deletes the file again; only one that CreateNew has just given.
    virtual Status Discard() = 0;
};

/// What a folder is, for judging whether an elevated program may trust it.
struct FolderSecurity
{
    bool directory = false;
    bool reparsePoint = false;
    std::string ownerSid;
    /// SIDs that may write to it, delete in it, or change its access list.
    std::vector<std::string> writerSids;
};

/// Whether the journal may live in a folder that was there already: a plain directory, owned by one of
/// `acceptedOwners`, which nobody else may write to. The failure says whose folder it is.
Status JudgeFolder(const FolderSecurity& folder, const std::vector<std::string>& acceptedOwners);
/// The same for a file in it: access lists do not reach files that were made while the folder was another's.
Status JudgeFile(const FolderSecurity& file, const std::vector<std::string>& acceptedOwners);

/// The program's own folder, %ProgramData%\MARS Wizard\, or a stand-in in tests. Nothing in it is trusted
/// before JudgeFolder said yes. Names are plain file names.
class PrivateFolder
{
public:
    virtual ~PrivateFolder() = default;
    /// Makes the folder with the access list "SYSTEM and Administrators full, nobody else", or judges the one
    /// there.
    virtual Status Prepare() = 0;
    virtual std::string Path() const = 0;
    /// Fails with 80 (ERROR_FILE_EXISTS) when the name is taken.
    virtual Answer<std::unique_ptr<AppendFile>> CreateNew(const std::string& name) = 0;
    /// Opens an existing file for appending.
    virtual Answer<std::unique_ptr<AppendFile>> OpenToAppend(const std::string& name) = 0;
    /// Plain files only, by name. A folder that does not exist is an empty list. Does not create anything.
    virtual Answer<std::vector<std::string>> List() = 0;
    /// At most `limit` bytes; a longer file fails with 13 (ERROR_INVALID_DATA).
    virtual Answer<std::string> Read(const std::string& name, std::size_t limit) = 0;
    /// Held until destroyed; fails with 32 (sharing violation) while another process holds it.
    virtual Answer<std::shared_ptr<void>> Lock() = 0;
};

} // namespace mars
