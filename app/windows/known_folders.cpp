// SPDX-License-Identifier: MIT
#include "computer.h"
#include "error.h"
#include "files.h"
#include "guids.h"
#include "path_look.h"
#include "questions/files.h"
#include "registry_key.h"
#include "wide.h"

#include <objbase.h>
#include <shlobj.h>

namespace mars
{

namespace
{

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
        return OwnFolder(guid::kProgramFiles);
    case KnownFolder::kProgramData:
        return OwnFolder(guid::kProgramData);
    case KnownFolder::kDownloads:
        return EvidenceFolder(
            options.evidenceSid, {guid::kDownloads, "{374DE290-123F-4565-9164-39C4925E467B}", "Downloads"});
    case KnownFolder::kDesktop:
        return EvidenceFolder(options.evidenceSid, {guid::kDesktop, "Desktop", "Desktop"});
    case KnownFolder::kDocuments:
        return EvidenceFolder(options.evidenceSid, {guid::kDocuments, "Personal", "Documents"});
    case KnownFolder::kUserTemp:
        return TempFolderOf(options.evidenceSid);
    }
    return FailureFrom(ERROR_INVALID_PARAMETER, "known folder");
}

} // namespace mars
