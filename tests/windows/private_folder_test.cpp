// SPDX-License-Identifier: MIT
#include "windows_private_folder.h"

#include "file_security.h"
#include "unix_shell.h"
#include "wide.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mars;
using namespace mars::test;

namespace
{

/// The user that owns everything in a Wine prefix; see wine_journal_owners.cpp.
const std::string kWineUser = "S-1-5-21-0-0-0-1000";
const std::vector<std::string> kWineOwners = {"S-1-5-18", "S-1-5-32-544", kWineUser};
const std::vector<std::string> kReleaseOwners = {"S-1-5-18", "S-1-5-32-544"};

constexpr std::size_t kLimit = 1000;

struct Place
{
    ScratchFolder scratch;
    std::wstring wide = scratch.Base() + L"\\MARS Wizard";
    std::string path = Narrow(wide);
    WindowsPrivateFolder folder{path, kWineOwners};
};

template <class T>
std::uint32_t CodeOf(const Answer<T>& answer)
{
    REQUIRE(answer.HasFailed());
    return answer.Error().code;
}

std::uint32_t CodeOf(const Status& status)
{
    REQUIRE_FALSE(status.Ok());
    return status.Error().code;
}

void Write(const Answer<std::unique_ptr<AppendFile>>& file, std::string_view bytes)
{
    REQUIRE(file.HasValue());
    CHECK((*file)->Append(bytes).Ok());
}

} // namespace

TEST_CASE("windows private_folder: what is appended can be read back and is listed")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    REQUIRE(place.folder.Prepare().Ok());
    const auto file = place.folder.CreateNew("one.journal");
    Write(file, "begin 1\n");
    CHECK(*place.folder.Read("one.journal", kLimit) == "begin 1\n");
    Write(file, "done 1\n");
    Write(place.folder.CreateNew("two.journal"), "x");
    CHECK(*place.folder.Read("one.journal", kLimit) == "begin 1\ndone 1\n");
    auto names = *place.folder.List();
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"one.journal", "two.journal"});
}

TEST_CASE("windows private_folder: an existing file is appended to, not begun again")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Write(place.folder.CreateNew("a"), "1");
    Write(place.folder.OpenToAppend("a"), "2");
    CHECK(*place.folder.Read("a", kLimit) == "12");
    CHECK(place.folder.OpenToAppend("b").IsAbsent());
}

TEST_CASE("windows private_folder: a name that is taken is refused, in any case")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Write(place.folder.CreateNew("a"), "1");
    CHECK(CodeOf(place.folder.CreateNew("a")) == ERROR_FILE_EXISTS);
    CHECK(*place.folder.Read("a", kLimit) == "1");
}

TEST_CASE("windows private_folder: a file over the limit is refused, one at the limit is read")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    const std::string large(200'000, 'x');
    Write(place.folder.CreateNew("a"), large);
    CHECK(*place.folder.Read("a", 200'000) == large);
    CHECK(CodeOf(place.folder.Read("a", 199'999)) == ERROR_INVALID_DATA);
    Write(place.folder.CreateNew("empty"), "");
    CHECK(*place.folder.Read("empty", 0) == "");
}

TEST_CASE("windows private_folder: no name leads out of it")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Shell(
        place.scratch.Base(), "echo 1 > outside; mkdir 'MARS Wizard/sub'; echo 1 > 'MARS Wizard/sub/inner'");
    for (const char* name : {"", ".", "..", "..\\outside", "sub\\inner", "sub/inner", "a:b"})
    {
        CAPTURE(name);
        CHECK(CodeOf(place.folder.Read(name, kLimit)) == ERROR_INVALID_NAME);
        CHECK(CodeOf(place.folder.CreateNew(name)) == ERROR_INVALID_NAME);
        CHECK(CodeOf(place.folder.OpenToAppend(name)) == ERROR_INVALID_NAME);
    }
    CHECK(CodeOf(place.folder.Read("sub", kLimit)) == 336);
    CHECK(place.folder.List()->empty());
}

TEST_CASE("windows private_folder: where there is none, it is empty and nothing is made")
{
    Place place;
    CHECK(place.folder.List()->empty());
    CHECK(place.folder.Read("a", kLimit).IsAbsent());
    CHECK(CodeOf(place.folder.CreateNew("a")) == ERROR_PATH_NOT_FOUND);
    CHECK(CodeOf(place.folder.Lock()) == ERROR_PATH_NOT_FOUND);
    CHECK_FALSE(Exists(place.wide));
}

TEST_CASE("windows private_folder: one lock at a time")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    WindowsPrivateFolder other(place.path, kWineOwners);
    auto lock = place.folder.Lock();
    REQUIRE(lock.HasValue());
    CHECK(CodeOf(other.Lock()) == ERROR_SHARING_VIOLATION);
    CHECK(other.List()->empty());
    *lock = nullptr;
    CHECK(other.Lock().HasValue());
    CHECK(place.folder.Lock().HasValue());
}

TEST_CASE("windows private_folder: the owners of a release refuse what Wine makes, and leave nothing")
{
    Place place;
    WindowsPrivateFolder release(place.path, kReleaseOwners);
    const Status status = release.Prepare();
    CHECK(CodeOf(status) == ERROR_ACCESS_DENIED);
    CHECK(status.Error().what.find(kWineUser) != std::string::npos);
    CHECK_FALSE(Exists(place.wide));
}

TEST_CASE("windows private_folder: a folder of somebody else is refused for everything and kept")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Write(place.folder.CreateNew("a"), "1");
    WindowsPrivateFolder release(place.path, kReleaseOwners);
    CHECK(CodeOf(release.Prepare()) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(release.List()) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(release.Read("a", kLimit)) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(release.CreateNew("b")) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(release.OpenToAppend("a")) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(release.Lock()) == ERROR_ACCESS_DENIED);
    CHECK(*place.folder.Read("a", kLimit) == "1");
}

TEST_CASE("windows private_folder: a folder that everybody may write to is refused")
{
    Place place;
    Shell(place.scratch.Base(), "mkdir -m 777 'MARS Wizard'");
    const Status status = place.folder.Prepare();
    CHECK(CodeOf(status) == ERROR_ACCESS_DENIED);
    CHECK(status.Error().what.find("S-1-1-0") != std::string::npos);
    CHECK(CodeOf(place.folder.List()) == ERROR_ACCESS_DENIED);
}

TEST_CASE("windows private_folder: a file that everybody may write to is not trusted")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Shell(place.scratch.Base(), "echo 1 > 'MARS Wizard/planted'; chmod 666 'MARS Wizard/planted'");
    CHECK(CodeOf(place.folder.Read("planted", kLimit)) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(place.folder.OpenToAppend("planted")) == ERROR_ACCESS_DENIED);
    CHECK(*place.folder.List() == std::vector<std::string>{"planted"});
}

TEST_CASE("windows private_folder: a file in its place is refused")
{
    Place place;
    Shell(place.scratch.Base(), "echo 1 > 'MARS Wizard'");
    CHECK(CodeOf(place.folder.Prepare()) == ERROR_DIRECTORY);
    CHECK(CodeOf(place.folder.List()) == ERROR_DIRECTORY);
}

TEST_CASE("windows private_folder: a copy is made once, and deleted again")
{
    Place place;
    const std::string source = Narrow(place.scratch.Path() + L"\\x.VaultCredentials");
    const std::string target = place.path + "\\credentials\\x.VaultCredentials";
    Shell(place.scratch.Path(), "echo secret > x.VaultCredentials");
    REQUIRE(place.folder.CopyIn(source, target).Ok());
    Shell(place.scratch.Base(), "cmp Temp/x.VaultCredentials 'MARS Wizard/credentials/x.VaultCredentials'");
    CHECK(CodeOf(place.folder.CopyIn(source, target)) == ERROR_FILE_EXISTS);
    CHECK(place.folder.List()->empty());
    CHECK(place.folder.DeleteCopy(target).Ok());
    CHECK_FALSE(Exists(Wide(target)));
    CHECK(Exists(Wide(source)));
    CHECK(place.folder.DeleteCopy(target).Ok());
}

TEST_CASE("windows private_folder: a copy that cannot be read leaves nothing")
{
    Place place;
    const std::string target = place.path + "\\credentials\\x.VaultCredentials";
    CHECK(CodeOf(place.folder.CopyIn(place.path + "\\nothing", target)) == ERROR_PATH_NOT_FOUND);
    Shell(place.scratch.Path(), "truncate -s 1048577 large");
    CHECK(
        CodeOf(place.folder.CopyIn(Narrow(place.scratch.Path() + L"\\large"), target)) == ERROR_INVALID_DATA);
    CHECK_FALSE(Exists(place.wide));
    CHECK(place.folder.DeleteCopy(target).Ok());
}

TEST_CASE("windows private_folder: only the folder for credentials takes copies and gives them up")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Write(place.folder.CreateNew("a"), "1");
    const std::string source = place.path + "\\a";
    const std::string inside = place.path + "\\credentials\\";
    const std::vector<std::string> targets = {source, place.path + "\\b", "C:\\b", "b", inside, inside + "..",
        inside + "..\\a", inside + "sub\\b", inside + "b:stream", inside + "b.", inside + "b ",
        place.path + "\\credentials/../a"};
    for (const std::string& target : targets)
    {
        CAPTURE(target);
        CHECK(CodeOf(place.folder.CopyIn(source, target)) == ERROR_INVALID_NAME);
        CHECK(CodeOf(place.folder.DeleteCopy(target)) == ERROR_INVALID_NAME);
    }
    CHECK(*place.folder.Read("a", kLimit) == "1");
}

TEST_CASE("windows private_folder: a credentials folder of somebody else is not used")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    Shell(
        place.scratch.Base(), "mkdir -m 777 'MARS Wizard/credentials'; echo 1 > 'MARS Wizard/credentials/x'");
    const std::string target = place.path + "\\credentials\\x";
    CHECK(CodeOf(place.folder.CopyIn(target, place.path + "\\credentials\\y")) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(place.folder.DeleteCopy(target)) == ERROR_ACCESS_DENIED);
    CHECK(Exists(Wide(target)));
}

namespace
{

const std::string kEveryone = "S-1-1-0";
const std::string kMark = "\nresume\nwas_open\n";

/// As File Explorer leaves it: somebody more may do everything.
void OpenTo(
    const std::wstring& path, const wchar_t* sddl = L"D:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)")
{
    const UniqueLocal<void> security = MakeSecurityDescriptor(sddl);
    REQUIRE(SetFileSecurityW(path.c_str(), DACL_SECURITY_INFORMATION, security.get()));
}

} // namespace

TEST_CASE("windows private_folder: File Explorer does not offer permanent access to it")
{
    Place place;
    REQUIRE(place.folder.Prepare().Ok());
    constexpr DWORD kHidden = FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_SYSTEM;
    CHECK((GetFileAttributesW(place.wide.c_str()) & kHidden) == kHidden);
    REQUIRE(SetFileAttributesW(place.wide.c_str(), FILE_ATTRIBUTE_NORMAL));
    REQUIRE(place.folder.Prepare().Ok());
    CHECK((GetFileAttributesW(place.wide.c_str()) & kHidden) == kHidden);
}

TEST_CASE("windows private_folder: a folder that was opened to the person is refused and can be closed again")
{
    Place place;
    WindowsPrivateFolder folder(place.path, kWineOwners, kEveryone);
    REQUIRE(folder.Prepare().Ok());
    Write(folder.CreateNew("one.journal"), "begin 1\n");
    OpenTo(place.wide);
    OpenTo(place.wide + L"\\one.journal");
    CHECK(CodeOf(folder.Prepare()) == kFolderOpened);
    CHECK(CodeOf(folder.List()) == kFolderOpened);
    // Another one than the person.
    CHECK(CodeOf(place.folder.CloseAgain(kMark)) == ERROR_ACCESS_DENIED);
    CHECK(CodeOf(folder.Prepare()) == kFolderOpened);

    REQUIRE(folder.CloseAgain(kMark).Ok());
    CHECK(folder.Prepare().Ok());
    CHECK(*folder.Read("one.journal", kLimit) == "begin 1\n" + kMark);
    // Nothing is left to be done.
    REQUIRE(folder.CloseAgain(kMark).Ok());
    CHECK(*folder.Read("one.journal", kLimit) == "begin 1\n" + kMark);
}
