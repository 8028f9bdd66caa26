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
    /// Those of them that may put something else in its place or in that of what is in it: who may delete,
    /// change the access list or take it over.
    std::vector<std::string> replacerSids{};
};

/// Whether the journal may live in a folder that was there already: a plain directory, owned by one of
/// `acceptedOwners`, which nobody else may write to. The failure says whose folder it is.
Status JudgeFolder(const FolderSecurity& folder, const std::vector<std::string>& acceptedOwners);
/// The same for a file in it: access lists do not reach files that were made while the folder was another's.
Status JudgeFile(const FolderSecurity& file, const std::vector<std::string>& acceptedOwners);

/// ERROR_INVALID_ACL: the folder or a file in it is as it should be, but for the person's own account, which
/// may write to it without an administrator's rights. File Explorer adds it where the person lets it, when it
/// may not list a folder (KB950934). PrivateFolder::CloseAgain is the way out.
inline constexpr std::uint32_t kFolderOpened = 1336;
/// Whether that is all that is wrong with it.
bool IsOpenedTo(const std::string& personSid, const FolderSecurity& thing,
    const std::vector<std::string>& acceptedOwners);

/// Whether only `acceptedOwners` decide what the last of these is: `chain` is a file with every folder above
/// it, the root of its drive first. Nobody else may write to the file or to its folder, nor exchange one of
/// the folders above; none is a link.
Status JudgeChain(const std::vector<FolderSecurity>& chain, const std::vector<std::string>& acceptedOwners);

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
    /// Where the calls above fail with kFolderOpened: takes the person's access to the folder and to what is
    /// in it away again, and appends `mark` to every file, because it could be changed meanwhile. Fails with
    /// 32 while somebody has one of them open. Done also where nothing was to be done.
    virtual Status CloseAgain(std::string_view mark) = 0;
    /// Held until destroyed; fails with 32 (sharing violation) while another process holds it.
    virtual Answer<std::shared_ptr<void>> Lock() = 0;
};

} // namespace mars
