// SPDX-License-Identifier: MIT
#pragma once

#include "open_folder.h"
#include "private_folder.h"

#include <string>
#include <string_view>
#include <vector>

/// What the parts of the private folder share.
namespace mars
{

/// Whose folders and files count as this program's own.
struct FolderTrust
{
    std::vector<std::string> owners;
    /// The person, whom File Explorer may have let in.
    std::string person;
};

/// The access lists of its folders and files: SYSTEM and Administrators full, nobody else.
inline constexpr const wchar_t* kOwnFolderSecurity = L"O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
inline constexpr const wchar_t* kOwnFileSecurity = L"O:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)";

/// The file that is held while somebody repairs.
inline constexpr const char* kLockName = "lock";

/// The verdict on what is open, with its path. kFolderOpened: only the person may do too much.
Status JudgeOpenFolder(const OpenFolder& folder, const FolderTrust& trust);
Status JudgeOpenFile(HANDLE file, const std::string& path, const FolderTrust& trust);

/// File Explorer offers no permanent access to a folder that is both hidden and a system folder (KB950934).
/// Nothing depends on it: where it cannot be set, the folder is judged all the same. The handle needs
/// FILE_READ_ATTRIBUTES and FILE_WRITE_ATTRIBUTES.
void HideFromExplorer(HANDLE folder);

/// At the end of the file, wherever that is by now; on disk when it returns.
Status AppendAll(HANDLE file, std::string_view bytes, const std::string& path);

} // namespace mars
