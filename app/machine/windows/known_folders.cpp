// SPDX-License-Identifier: MIT
#include "computer.h"
#include "error.h"
#include "files.h"
#include "path_look.h"
#include "registry_key.h"
#include "wide.h"

#include <objbase.h>
#include <shlobj.h>

namespace mars
{

namespace
{

// FOLDERID_* of KnownFolders.h; mingw's import library does not hold them all.
constexpr GUID kProgramFilesId{0x905e63b6, 0xc1bf, 0x494e, {0xb2, 0x9c, 0x65, 0xb7, 0x32, 0xd3, 0xd2, 0x1a}};
constexpr GUID kProgramDataId{0x62ab5d82, 0xfdc1, 0x4dc3, {0xa9, 0xdd, 0x07, 0x0d, 0x1d, 0x49, 0x5d, 0x97}};
constexpr GUID kDownloadsId{0x374de290, 0x123f, 0x4565, {0x91, 0x64, 0x39, 0xc4, 0x92, 0x5e, 0x46, 0x7b}};
constexpr GUID kDesktopId{0xb4bfcc3a, 0xdb2c, 0x424c, {0xb0, 0x29, 0x7f, 0xe9, 0x9a, 0x87, 0xc6, 0x41}};
constexpr GUID kDocumentsId{0xfdd39ad0, 0x238f, 0x46af, {0xad, 0xb4, 0x6c, 0x85, 0x48, 0x03, 0x69, 0xc7}};

struct UserFolder
{
    const GUID& id;
    /// The name of its value in "User Shell Folders".
    const char* value;
    /// Below the profile when that value is not there.
    const char* usual;
};

struct TaskMemoryFreer
{
    void operator()(void* memory) const
    {
        CoTaskMemFree(memory);
    }
};

/// A folder of the computer or of the user that this program runs as.
Answer<PathText> OwnFolder(const GUID& id)
{
    wchar_t* path = nullptr;
    const HRESULT result = SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, nullptr, &path);
    const std::unique_ptr<wchar_t, TaskMemoryFreer> owner(path);
    if (FAILED(result))
    {
        return AbsentOrFailure<PathText>(
            FailureFrom(static_cast<std::uint32_t>(result), "").code, "SHGetKnownFolderPath");
    }
    return PathText{Narrow(path)};
}

Answer<PathText> WindowsFolder()
{
    wchar_t path[MAX_PATH];
    const UINT length = GetSystemWindowsDirectoryW(path, MAX_PATH);
    if (length == 0 || length >= MAX_PATH)
    {
        return LastFailure("GetSystemWindowsDirectory");
    }
    return PathText{Narrow({path, length})};
}

std::string Expand(const std::string& text)
{
    const std::wstring wide = Wide(text);
    std::wstring expanded(ExpandEnvironmentStringsW(wide.c_str(), nullptr, 0), L'\0');
    const DWORD size =
        ExpandEnvironmentStringsW(wide.c_str(), expanded.data(), static_cast<DWORD>(expanded.size()));
    return size == 0 || size > expanded.size() ? text : Narrow(expanded.c_str());
}

/// The value names that user's profile with a variable, which would expand to this program's own.
std::string ExpandFor(const std::string& text, const std::string& profile)
{
    constexpr std::string_view kVariable = "%USERPROFILE%";
    return Expand(StartsWithIgnoreCase(text, kVariable) ? profile + text.substr(kVariable.size()) : text);
}

/// The user wrote the path and need not have this program's rights: a server that it names would be told who
/// this program runs as.
Answer<PathText> IfOnOwnDrives(std::string path)
{
    return StaysOnOwnDrives(path) ? Answer<PathText>(PathText{path})
                                  : Failure{code::kLeadsElsewhere, std::move(path)};
}

/// A folder of another user, from that user's hive, which is loaded while the user is signed in.
Answer<PathText> OthersFolder(const std::string& sid, const UserFolder& folder)
{
    const auto profile = RegistryText(
        "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\" + sid, "ProfileImagePath");
    if (!profile)
    {
        return Absent{};
    }
    const std::string home = Expand(*profile);
    const auto path = RegistryText(
        "HKU\\" + sid + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders",
        folder.value);
    return IfOnOwnDrives(path ? ExpandFor(*path, home) : JoinPath(home, folder.usual));
}

std::string WithoutClosingBackslash(std::string path)
{
    while (path.ends_with('\\') && !path.ends_with(":\\"))
    {
        path.pop_back();
    }
    return path;
}

/// Where GetTempFileName of a program of that user makes its files.
Answer<PathText> TempFolderOf(const std::string& sid)
{
    if (sid.empty() || sid == CurrentUserSid())
    {
        wchar_t path[MAX_PATH + 1];
        const DWORD length = GetTempPathW(MAX_PATH + 1, path);
        return length == 0 || length > MAX_PATH ? Answer<PathText>(LastFailure("GetTempPath"))
                                                : PathText{WithoutClosingBackslash(Narrow({path, length}))};
    }
    const auto profile = RegistryText(
        "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\" + sid, "ProfileImagePath");
    if (!profile)
    {
        return Absent{};
    }
    const std::string home = Expand(*profile);
    const auto path = RegistryText("HKU\\" + sid + "\\Environment", "TMP");
    return IfOnOwnDrives(
        WithoutClosingBackslash(path ? ExpandFor(*path, home) : JoinPath(home, "AppData\\Local\\Temp")));
}

Answer<PathText> EvidenceFolder(const std::string& sid, const UserFolder& folder)
{
    return sid.empty() || sid == CurrentUserSid() ? OwnFolder(folder.id) : OthersFolder(sid, folder);
}

} // namespace

Answer<PathText> AskWindows(const FindFolder& question, const WindowsMachineOptions& options, const Wait&)
{
    switch (question.folder)
    {
    case KnownFolder::kWindows:
        return WindowsFolder();
    case KnownFolder::kProgramFiles:
        return OwnFolder(kProgramFilesId);
    case KnownFolder::kProgramData:
        return OwnFolder(kProgramDataId);
    case KnownFolder::kDownloads:
        return EvidenceFolder(
            options.evidenceSid, {kDownloadsId, "{374DE290-123F-4565-9164-39C4925E467B}", "Downloads"});
    case KnownFolder::kDesktop:
        return EvidenceFolder(options.evidenceSid, {kDesktopId, "Desktop", "Desktop"});
    case KnownFolder::kDocuments:
        return EvidenceFolder(options.evidenceSid, {kDocumentsId, "Personal", "Documents"});
    case KnownFolder::kUserTemp:
        return TempFolderOf(options.evidenceSid);
    }
    return FailureFrom(ERROR_INVALID_PARAMETER, "known folder");
}

} // namespace mars
