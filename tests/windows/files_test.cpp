// SPDX-License-Identifier: MIT
#include "asking.h"
#include "computer.h"
#include "file_time.h"
#include "own_drives.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "registry_key.h"
#include "unix_shell.h"
#include "whole_file.h"
#include "wide.h"

#include <algorithm>
#include <set>

using namespace mars;
using namespace mars::test;

namespace
{

void WriteFileTo(const std::wstring& path, std::size_t bytes = 3)
{
    const UniqueHandle file(CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_ALWAYS, 0, nullptr));
    REQUIRE(static_cast<bool>(file));
    const std::string content(bytes, 'x');
    DWORD written = 0;
    REQUIRE(WriteFile(file.Get(), content.data(), static_cast<DWORD>(bytes), &written, nullptr));
}

/// What the registry says about another user who is signed in.
class OtherUser
{
public:
    static constexpr const char* kSid = "S-1-5-21-1-2-3-1001";

    OtherUser()
    {
        Set(HKEY_LOCAL_MACHINE, kProfile, L"ProfileImagePath", L"%SystemDrive%\\Users\\other");
        Set(HKEY_USERS, kFolders, L"Desktop", L"%USERPROFILE%\\Escritorio");
        Set(HKEY_USERS, kFolders, L"Personal", L"C:\\Users\\other\\Papers");
    }
    /// As that user may write it.
    static void SetDocuments(const std::wstring& path)
    {
        Set(HKEY_USERS, kFolders, L"Personal", path);
    }
    static void SetTemp(const std::wstring& path)
    {
        Set(HKEY_USERS, kEnvironment, L"TMP", path);
    }

    ~OtherUser()
    {
        RegDeleteTreeW(HKEY_LOCAL_MACHINE, kProfile);
        RegDeleteTreeW(HKEY_USERS, L"S-1-5-21-1-2-3-1001");
    }
    OtherUser(const OtherUser&) = delete;
    OtherUser& operator=(const OtherUser&) = delete;

private:
    static constexpr const wchar_t* kProfile =
        L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-1-2-3-1001";
    static constexpr const wchar_t* kFolders =
        L"S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\"
        L"Explorer\\User Shell Folders";
    static constexpr const wchar_t* kEnvironment = L"S-1-5-21-1-2-3-1001\\Environment";

    static void Set(HKEY root, const wchar_t* path, const wchar_t* name, const std::wstring& text)
    {
        UniqueKey key;
        REQUIRE(RegCreateKeyExW(root, path, 0, nullptr, REG_OPTION_VOLATILE, KEY_ALL_ACCESS, nullptr,
                    key.Receive(), nullptr)
            == ERROR_SUCCESS);
        REQUIRE(RegSetValueExW(key.Get(), name, 0, REG_EXPAND_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                    static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t)))
            == ERROR_SUCCESS);
    }
};

std::string FolderOfOther(KnownFolder folder)
{
    const auto answer = MakeWindowsMachine({OtherUser::kSid})->Ask(FindFolder{folder}, TenSeconds());
    REQUIRE(answer);
    return answer->path;
}

} // namespace

TEST_CASE("windows folders: those of the computer and of this user")
{
    CHECK(EqualsIgnoreCase(Value(FindFolder{KnownFolder::kWindows}).path, "C:\\windows"));
    CHECK(Value(FindFolder{KnownFolder::kProgramFiles}).path == "C:\\Program Files");
    CHECK(Value(FindFolder{KnownFolder::kProgramData}).path == "C:\\ProgramData");
    const std::set<std::string> folders{Value(FindFolder{KnownFolder::kDownloads}).path,
        Value(FindFolder{KnownFolder::kDesktop}).path, Value(FindFolder{KnownFolder::kDocuments}).path};
    CHECK(folders.size() == 3);
    for (const std::string& folder : folders)
    {
        CHECK(FoldCase(folder).starts_with(FoldCase("C:\\users\\")));
    }
}

TEST_CASE("windows folders: another user's come from that user's hive and profile")
{
    const OtherUser user;
    CHECK(FolderOfOther(KnownFolder::kDesktop) == "C:\\Users\\other\\Escritorio");
    CHECK(FolderOfOther(KnownFolder::kDocuments) == "C:\\Users\\other\\Papers");
    CHECK(FolderOfOther(KnownFolder::kUserTemp) == "C:\\Users\\other\\AppData\\Local\\Temp");
    CHECK(FolderOfOther(KnownFolder::kDownloads) == "C:\\Users\\other\\Downloads");
    CHECK(FolderOfOther(KnownFolder::kProgramFiles) == "C:\\Program Files");
}

TEST_CASE("windows folders: what another user wrote may not lead this program off the computer")
{
    const OtherUser user;
    const ScratchFolder scratch;
    Shell(scratch.Path(), "mkdir target && ln -s target link && mkdir target/in");
    const auto machine = MakeWindowsMachine({OtherUser::kSid});
    const auto check = [&](KnownFolder folder) {
        const auto answer = machine->Ask(FindFolder{folder}, TenSeconds());
        REQUIRE(answer.HasFailed());
        CHECK(answer.Error().code == code::kLeadsElsewhere);
    };
    for (const std::wstring& path : {std::wstring(L"\\\\server.example\\homes"),
             std::wstring(L"//server.example/x"), std::wstring(L"\\\\?\\UNC\\server.example\\x"),
             std::wstring(L"\\\\?\\C:\\x"), std::wstring(L"\\\\.\\pipe\\x"), std::wstring(L"Q:\\x"),
             std::wstring(L"x"), std::wstring(L"%USERPROFILE%\\..\\..\\x"), scratch.Path() + L"\\link",
             scratch.Path() + L"\\link\\in"})
    {
        CAPTURE(Narrow(path));
        OtherUser::SetDocuments(path);
        check(KnownFolder::kDocuments);
        OtherUser::SetTemp(path);
        check(KnownFolder::kUserTemp);
    }
    OtherUser::SetDocuments(scratch.Path() + L"\\target\\in");
    CHECK(FolderOfOther(KnownFolder::kDocuments) == Narrow(scratch.Path()) + "\\target\\in");
}

TEST_CASE("windows folders: this user's own may lie anywhere")
{
    const std::string own = Value(FindFolder{KnownFolder::kDocuments}).path;
    const auto asked =
        MakeWindowsMachine({CurrentUserSid()})->Ask(FindFolder{KnownFolder::kDocuments}, TenSeconds());
    REQUIRE(asked);
    CHECK(asked->path == own);
}

TEST_CASE("windows folders: a user without a profile has none")
{
    const auto machine = MakeWindowsMachine({"S-1-5-21-1-2-3-4004"});
    CHECK(machine->Ask(FindFolder{KnownFolder::kDownloads}, TenSeconds()).IsAbsent());
}

TEST_CASE("windows files: size, times and attributes")
{
    const ScratchFolder folder;
    WriteFileTo(folder.Path() + L"\\A file.txt", 1234);
    const FileInfo info = Value(ReadFileInfo{Narrow(folder.Path()) + "\\A file.txt"});
    CHECK(info.name == "A file.txt");
    CHECK(info.bytes == 1234);
    CHECK_FALSE(info.IsDirectory());
    CHECK(info.written <= Now() + std::chrono::seconds(2));
    CHECK(info.written >= Now() - std::chrono::minutes(5));
    CHECK(Value(ReadFileInfo{Narrow(folder.Path())}).IsDirectory());
    CHECK(Value(ReadFileInfo{"C:\\"}).IsDirectory());
}

TEST_CASE("windows files: what is not there is absent, whatever part of the path is missing")
{
    CheckAbsent(ReadFileInfo{"C:\\windows\\no such file"});
    CheckAbsent(ReadFileInfo{"C:\\no such folder\\file"});
    CheckAbsent(ReadFileInfo{"Q:\\file"});
    CheckAbsent(ListFiles{"C:\\no such folder", ""});
    CheckAbsent(ReadFileVersion{"C:\\no such folder\\x.exe"});
}

TEST_CASE("windows files: a link is described itself")
{
    const ScratchFolder folder;
    Shell(folder.Path(), "mkdir target && ln -s target link");
    const FileInfo link = Value(ReadFileInfo{Narrow(folder.Path()) + "\\link"});
    CHECK((link.attributes & file_attribute::kReparsePoint) != 0);
    CHECK((Value(ReadFileInfo{Narrow(folder.Path()) + "\\target"}).attributes & file_attribute::kReparsePoint)
        == 0);
}

TEST_CASE("windows files: long paths and names of any script")
{
    const ScratchFolder folder;
    std::wstring deep = L"\\\\?\\" + folder.Path();
    for (int i = 0; i < 4; ++i)
    {
        deep += L"\\" + std::wstring(100, L'd');
        REQUIRE(CreateDirectoryW(deep.c_str(), nullptr));
    }
    // Wine refuses a name with a lone surrogate; those are tested natively.
    const std::wstring name = L"\x00D1and\x00FA \x4E2D\xD83D\xDCBE.txt";
    WriteFileTo(deep + L"\\" + name);
    const std::string path = Narrow(deep.substr(4));
    const FileList list = Value(ListFiles{path, ".txt"});
    REQUIRE(list.files.size() == 1);
    CHECK(Wide(list.files[0].name) == name);
    CHECK(Value(ReadFileInfo{JoinPath(path, list.files[0].name)}).bytes == 3);
}

TEST_CASE("windows files: a list holds the files with that ending and no folders")
{
    const ScratchFolder folder;
    Shell(folder.Path(), "touch a.TXT b.txt c.txtx d.log && mkdir e.txt");
    std::set<std::string> names;
    for (const FileInfo& file : Value(ListFiles{Narrow(folder.Path()), ".txt"}).files)
    {
        names.insert(file.name);
    }
    CHECK(names == std::set<std::string>{"a.TXT", "b.txt"});
    CHECK(Value(ListFiles{Narrow(folder.Path()), ""}).files.size() == 4);
    CHECK(Value(ListFiles{Narrow(folder.Path()) + "\\e.txt", ""}).files.empty());
}

TEST_CASE("windows files: a list ends at a thousand and says so")
{
    const ScratchFolder folder;
    Shell(folder.Path(), "for i in $(seq 1000); do : > $i.txt; done");
    CHECK_FALSE(Value(ListFiles{Narrow(folder.Path()), ".txt"}).truncated);
    Shell(folder.Path(), "touch more.txt other.log");
    const FileList list = Value(ListFiles{Narrow(folder.Path()), ".txt"});
    CHECK(list.files.size() == 1000);
    CHECK(list.truncated);
    CheckFailed(ListFiles{Narrow(folder.Path()), ".txt"}, code::kTimeout, NoTime());
}

TEST_CASE("windows versions: four numbers of the resource; without one it is a failure")
{
    const std::string install =
        RegistryText("HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup", "InstallPath").value_or("");
    CHECK(Value(ReadFileVersion{JoinPath(install, "bin\\cbengine.exe")}) == FileVersion{2, 0, 9938, 0});
    const ScratchFolder folder;
    WriteFileTo(folder.Path() + L"\\plain.exe");
    CHECK(Ask(ReadFileVersion{Narrow(folder.Path()) + "\\plain.exe"}).HasFailed());
}

TEST_CASE("windows volumes: the drive of a path")
{
    const VolumeInfo volume = Value(ReadVolume{"C:\\windows\\system32"});
    CHECK(volume.root == "C:\\");
    CHECK(volume.kind == DriveKind::kFixed);
    CHECK(volume.fileSystem == "NTFS");
    CHECK(volume.totalBytes > volume.freeBytes);
    CHECK(volume.freeBytes > 0);
    CHECK_FALSE(volume.readOnly);
    CHECK(Value(ReadVolume{"C:\\not there\\at all"}).root == "C:\\");
    CheckAbsent(ReadVolume{"Q:\\folder"});
}

TEST_CASE("windows volumes: a share is known by its path, without asking its server")
{
    for (const char* path :
        {"\\\\server\\share", "\\\\server\\share\\folder\\file", "\\\\?\\UNC\\server\\share\\x"})
    {
        const VolumeInfo volume = Value(ReadVolume{path});
        CHECK(volume.root == "\\\\server\\share\\");
        CHECK(volume.kind == DriveKind::kRemote);
    }
}

TEST_CASE("windows volumes: a letter made by SUBST leads to the real drive")
{
    REQUIRE(DefineDosDeviceW(0, L"T:", L"C:\\windows"));
    const auto volume = Ask(ReadVolume{"T:\\temp"});
    DefineDosDeviceW(DDD_REMOVE_DEFINITION, L"T:", nullptr);
    REQUIRE(volume);
    CHECK(volume->root == "C:\\");
}

TEST_CASE("windows temporary files: those ending in .tmp are counted by age and prefix")
{
    const ScratchFolder folder;
    Shell(folder.Path(),
        "for i in 1 2 3; do : > abc$i.tmp; done; printf 12345 > ABD1.TMP; : > x.txt; : > x.tmpx; mkdir "
        "dir.tmp; "
        "touch -d '2 days ago' abc2.tmp; touch -d '40 days ago' abc3.tmp ABD1.TMP");
    const TempFileCount count = Value(CountTempFiles{Narrow(folder.Path())});
    CHECK(count.all == FileTotals{4, 5});
    CHECK(count.largestPrefix == "abc");
    CHECK(count.largestPrefixFiles == 3);
    // What is newer than the last start of Windows is not old, so only the forty days are sure.
    CHECK(count.olderThanDay.files >= 2);
    CHECK(count.olderThanDay.files <= 3);
    CHECK(count.olderThanDay.bytes == 5);
    CHECK(count.olderThanHour.files >= count.olderThanDay.files);
    CHECK(count.olderThanHour.files <= 3);
}

TEST_CASE("windows temporary files: no folder, an empty one, and one that is none")
{
    const ScratchFolder folder;
    CheckAbsent(CountTempFiles{"C:\\no such folder"});
    CHECK(Value(CountTempFiles{Narrow(folder.Path())}) == TempFileCount{});
    WriteFileTo(folder.Path() + L"\\file");
    CHECK(Ask(CountTempFiles{Narrow(folder.Path()) + "\\file"}).HasFailed());
}

TEST_CASE("windows temporary files: seventy thousand are counted within a check's time, and a stop is heard")
{
    const ScratchFolder folder;
    Shell(folder.Path(), "seq -f CBP%g.tmp 70000 | xargs touch");
    const auto start = std::chrono::steady_clock::now();
    const TempFileCount count = Value(CountTempFiles{Narrow(folder.Path())});
    MESSAGE("70,000 files in ",
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
            .count(),
        " ms");
    CHECK(count.all.files == 70'000);
    CHECK(count.largestPrefix == "cbp");
    CHECK(count.largestPrefixFiles == 70'000);
    CheckFailed(CountTempFiles{Narrow(folder.Path())}, code::kTimeout,
        Wait{std::chrono::steady_clock::now() + std::chrono::milliseconds(2), {}});
}

TEST_CASE("windows files: a short name answers with the name that the file has")
{
    const ScratchFolder scratch;
    const std::wstring folder = scratch.Base() + L"\\A folder with a long name";
    REQUIRE(CreateDirectoryW(folder.c_str(), nullptr));
    std::wstring brief(MAX_PATH, L'\0');
    brief.resize(GetShortPathNameW(folder.c_str(), brief.data(), MAX_PATH));
    REQUIRE(brief.find(L'~') != std::wstring::npos);
    CHECK(Value(ReadFileInfo{Narrow(brief)}).name == "A folder with a long name");
    CHECK(Value(ReadFileInfo{Narrow(folder)}).name == "A folder with a long name");
    CheckAbsent(ReadFileInfo{Narrow(scratch.Base() + L"\\NOTHER~1")});
    RemoveDirectoryW(folder.c_str());
}

TEST_CASE("windows files: what was in a file stays until the new content is whole")
{
    const ScratchFolder scratch;
    const std::string path = Narrow(scratch.Base() + L"\\report.html");
    REQUIRE(WriteWholeFile(path, "old").Ok());
    CHECK(*ReadWholeFile(path, 100) == "old");
    REQUIRE(WriteWholeFile(path, "new").Ok());
    CHECK(*ReadWholeFile(path, 100) == "new");

    // Memory that cannot be read stands for a disk that is full.
    void* const nothing = VirtualAlloc(nullptr, 4096, MEM_RESERVE, PAGE_NOACCESS);
    REQUIRE(nothing != nullptr);
    CHECK_FALSE(WriteWholeFile(path, {static_cast<const char*>(nothing), 4096}).Ok());
    VirtualFree(nothing, 0, MEM_RELEASE);
    CHECK(*ReadWholeFile(path, 100) == "new");
    CHECK(ReadWholeFile(path + ".new", 100).IsAbsent());
}
