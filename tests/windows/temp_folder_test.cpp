// SPDX-License-Identifier: MIT
#include "windows_temp_folder.h"

#include "file_time.h"
#include "open_folder.h"
#include "questions/files.h"
#include "temp_files.h"
#include "unix_shell.h"
#include "wide.h"

#include <doctest/doctest.h>

#include <set>

using namespace mars;
using namespace mars::test;

namespace
{

std::unique_ptr<TempFolder> Open(const std::wstring& path)
{
    Answer<std::unique_ptr<TempFolder>> folder = OpenWindowsTempFolder(Narrow(path));
    if (folder.HasFailed())
    {
        FAIL(folder.Error().code << " " << folder.Error().what);
    }
    REQUIRE(folder.HasValue());
    return std::move(*folder);
}

TempFileRule Rule()
{
    TempFileRule rule;
    rule.now = Now();
    rule.booted = rule.now;
    return rule;
}

TempFileResult Delete(TempFolder& folder)
{
    return DeleteTempFiles(folder, Rule(), nullptr, {});
}

std::set<std::string> NamesIn(TempFolder& folder)
{
    std::set<std::string> names;
    CHECK(folder.Rewind().Ok());
    for (;;)
    {
        const auto batch = folder.Next();
        REQUIRE(batch.HasValue());
        if (batch->empty())
        {
            return names;
        }
        for (const FileInfo& file : *batch)
        {
            CHECK(names.insert(file.name).second);
        }
    }
}

UniqueHandle Hold(const std::wstring& path, DWORD access, DWORD share)
{
    UniqueHandle handle(CreateFileW(path.c_str(), access, share, nullptr, OPEN_EXISTING, 0, nullptr));
    REQUIRE(static_cast<bool>(handle));
    return handle;
}

/// FILE_COMPLETE_IF_OPLOCKED of ntifs.h.
constexpr ULONG kCompleteIfOplocked = 0x100;
constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

} // namespace

TEST_CASE("windows temp_folder: old files go, recent and other ones stay")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(),
        "echo 12345 > old.tmp; echo 1 > OLD2.TMP; echo 1 > other.txt; touch -d '3 days ago' *; "
        "echo 1 > recent.tmp; mkdir sub; touch -d '3 days ago' sub/inner.tmp");
    const auto folder = Open(scratch.Path());
    const TempFileResult result = Delete(*folder);
    CHECK(result.deleted == 2);
    CHECK(result.bytes == 8);
    CHECK(result.skippedRecent == 1);
    CHECK(result.failed == 0);
    CHECK_FALSE(result.endedEarly);
    CHECK(NamesIn(*folder) == std::set<std::string>{"other.txt", "recent.tmp", "sub"});
    CHECK(Exists(scratch.Path() + L"\\sub\\inner.tmp"));
}

TEST_CASE("windows temp_folder: 70,000 files")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(),
        "seq -f 'tmp%05g.tmp' 1 70000 | xargs touch -d '3 days ago'; "
        "seq -f 'new%02g.tmp' 1 10 | xargs touch");
    const auto folder = Open(scratch.Path());
    const TempFileResult result = Delete(*folder);
    CHECK(result.deleted == 70'000);
    CHECK(result.skippedRecent == 10);
    CHECK(result.failed == 0);
    CHECK_FALSE(result.endedEarly);
    CHECK(NamesIn(*folder).size() == 10);
}

TEST_CASE("windows temp_folder: a Stop in between leaves the rest")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(), "seq -f 'tmp%05g.tmp' 1 2000 | xargs touch -d '3 days ago'");
    const auto folder = Open(scratch.Path());
    std::stop_source source;
    Wait wait;
    wait.stop = source.get_token();
    const auto stopAtHalf = [&](const TempFileProgress& progress) {
        if (progress.deleted >= 1'000)
        {
            source.request_stop();
        }
    };
    const TempFileResult result = DeleteTempFiles(*folder, Rule(), stopAtHalf, wait);
    CHECK(result.Stopped());
    CHECK(result.deleted >= 1'000);
    CHECK(result.deleted < 1'200);
    CHECK(NamesIn(*folder).size() == 2'000 - result.deleted);
}

TEST_CASE("windows temp_folder: a linked folder is skipped and its target untouched")
{
    const ScratchFolder scratch;
    Shell(scratch.Base(),
        "mkdir target; echo 1 > target/inner.tmp; touch -d '3 days ago' target/inner.tmp; "
        "ln -s ../target Temp/link.tmp; touch -h -d '3 days ago' Temp/link.tmp");
    const auto folder = Open(scratch.Path());
    const TempFileResult result = Delete(*folder);
    CHECK(result.deleted == 0);
    CHECK(result.skippedNotPlain == 1);
    CHECK(folder->Open("link.tmp").HasFailed());
    CHECK(Exists(scratch.Base() + L"\\target\\inner.tmp"));
    CHECK(NamesIn(*folder) == std::set<std::string>{"link.tmp"});
}

TEST_CASE("windows temp_folder: a folder named like a temporary file stays")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(), "mkdir folder.tmp; touch -d '3 days ago' folder.tmp/inner.tmp folder.tmp");
    const auto folder = Open(scratch.Path());
    CHECK(Delete(*folder).skippedNotPlain == 1);
    const auto opened = folder->Open("folder.tmp");
    REQUIRE(opened.HasFailed());
    CHECK(opened.Error().code == 336);
    CHECK(Exists(scratch.Path() + L"\\folder.tmp\\inner.tmp"));
}

TEST_CASE("windows temp_folder: a file in use stays, however much its user shares")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(), "touch -d '3 days ago' a.tmp b.tmp c.tmp d.tmp");
    const UniqueHandle alone = Hold(scratch.Path() + L"\\a.tmp", GENERIC_READ, 0);
    const UniqueHandle sharing = Hold(scratch.Path() + L"\\b.tmp", GENERIC_READ, kShareAll);
    const UniqueHandle writing = Hold(scratch.Path() + L"\\c.tmp", GENERIC_WRITE, FILE_SHARE_READ);
    const auto folder = Open(scratch.Path());
    const TempFileResult result = Delete(*folder);
    CHECK(result.deleted == 1);
    CHECK(result.skippedInUse == 3);
    CHECK(result.failed == 0);
    CHECK(NamesIn(*folder) == std::set<std::string>{"a.tmp", "b.tmp", "c.tmp"});
    const auto opened = folder->Open("b.tmp");
    REQUIRE(opened.HasFailed());
    CHECK(opened.Error().code == ERROR_SHARING_VIOLATION);
}

TEST_CASE("windows temp_folder: a file whose oplock nobody lets go is in use, and is let go at once")
{
    constexpr long kOplockBreakInProgress = 0x108;
    const ScratchFolder scratch;
    Shell(scratch.Path(), "touch a.tmp");
    const std::wstring path = scratch.Path() + L"\\a.tmp";
    const auto opened = WhatWasOpened(kOplockBreakInProgress, Hold(path, GENERIC_READ, 0), Narrow(path));
    REQUIRE(opened.HasFailed());
    CHECK(opened.Error().code == ERROR_SHARING_VIOLATION);
    // The handle was closed, or this would be a sharing violation.
    Hold(path, GENERIC_READ, 0);
    CHECK(WhatWasOpened(0, Hold(path, GENERIC_READ, 0), Narrow(path)).HasValue());
    CHECK(WhatWasOpened(static_cast<long>(0xC0000034), {}, Narrow(path)).IsAbsent());

    // Asked for with every file of the folder; Wine, which has no oplocks, takes it.
    CHECK((CreateOptions({.neverWait = true}) & kCompleteIfOplocked) != 0);
    CHECK((CreateOptions({}) & kCompleteIfOplocked) == 0);
    const auto folder = Open(scratch.Path());
    CHECK(folder->Open("a.tmp").HasValue());
}

TEST_CASE("windows temp_folder: a read-only file goes, and keeps its attribute where it stays")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(), "touch -d '3 days ago' a.tmp b.tmp");
    REQUIRE(SetFileAttributesW((scratch.Path() + L"\\a.tmp").c_str(), FILE_ATTRIBUTE_READONLY));
    REQUIRE(SetFileAttributesW((scratch.Path() + L"\\b.tmp").c_str(), FILE_ATTRIBUTE_READONLY));
    const UniqueHandle held = Hold(scratch.Path() + L"\\b.tmp", GENERIC_READ, FILE_SHARE_READ);
    const auto folder = Open(scratch.Path());
    const TempFileResult result = Delete(*folder);
    CHECK(result.deleted == 1);
    CHECK(result.skippedInUse == 1);
    CHECK(NamesIn(*folder) == std::set<std::string>{"b.tmp"});
    CHECK((GetFileAttributesW((scratch.Path() + L"\\b.tmp").c_str()) & FILE_ATTRIBUTE_READONLY) != 0);
}

TEST_CASE("windows temp_folder: attributes are set and taken back on the open file")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(), "touch -d '3 days ago' a.tmp");
    const auto folder = Open(scratch.Path());
    auto file = folder->Open("a.tmp");
    REQUIRE(file.HasValue());
    CHECK((*file)->SetAttributes(file_attribute::kReadOnly).Ok());
    const auto readOnly = (*file)->Query();
    REQUIRE(readOnly.HasValue());
    CHECK((readOnly->attributes & file_attribute::kReadOnly) != 0);
    CHECK((*file)->SetAttributes(0).Ok());
    const auto plain = (*file)->Query();
    REQUIRE(plain.HasValue());
    CHECK((plain->attributes & file_attribute::kReadOnly) == 0);
    CHECK(plain->written < Now() - std::chrono::hours(70));
}

TEST_CASE("windows temp_folder: names of every kind")
{
    const ScratchFolder scratch;
    Shell(scratch.Path(),
        "touch -d '3 days ago' 'a b.tmp' \xC3\x91\xE6\x97\xA5.tmp '#%~&.tmp' .tmp $(printf 'x%.0s' "
        "$(seq 240)).tmp CON.tmp");
    const auto folder = Open(scratch.Path());
    const TempFileResult result = Delete(*folder);
    CHECK(result.deleted == 6);
    CHECK(result.failed == 0);
    CHECK(NamesIn(*folder).empty());
}

TEST_CASE("windows temp_folder: no name leads out of the folder")
{
    const ScratchFolder scratch;
    Shell(scratch.Base(), "touch -d '3 days ago' outside.tmp; mkdir Temp/sub; touch Temp/sub/inner.tmp");
    const auto folder = Open(scratch.Path());
    for (const char* name :
        {"", ".", "..", "..\\outside.tmp", "sub\\inner.tmp", "sub/inner.tmp", "a.tmp:stream"})
    {
        CAPTURE(name);
        const auto opened = folder->Open(name);
        REQUIRE(opened.HasFailed());
        CHECK(opened.Error().code == ERROR_INVALID_NAME);
    }
    CHECK(folder->Open("nothing.tmp").IsAbsent());
}

TEST_CASE("windows temp_folder: a file whose path has more than 260 characters")
{
    const ScratchFolder scratch;
    // The folder itself stays below: Wine's GetFinalPathNameByHandle knows no longer ones.
    const std::string part(100, 'd');
    Shell(scratch.Path(),
        "mkdir " + part + " && cd " + part + " && touch -d '3 days ago' $(printf 'y%.0s' $(seq 240)).tmp");
    const auto folder = Open(scratch.Path() + L"\\" + Wide(part));
    CHECK(Delete(*folder).deleted == 1);
    CHECK(NamesIn(*folder).empty());
}

TEST_CASE("windows temp_folder: what lies at the path later is not touched")
{
    const ScratchFolder scratch;
    Shell(scratch.Base(), "mkdir other; touch -d '3 days ago' Temp/a.tmp other/a.tmp other/b.tmp");
    const auto folder = Open(scratch.Path());
    Shell(scratch.Base(), "mv Temp moved && ln -s other Temp");
    // Below the handle: b.tmp is not listed. (Wine then leaves moved\\a.tmp, because it deletes by path in
    // the end.)
    CHECK(NamesIn(*folder) == std::set<std::string>{"a.tmp"});
    CHECK(folder->Open("b.tmp").IsAbsent());
    Delete(*folder);
    CHECK(Exists(scratch.Base() + L"\\other\\a.tmp"));
    CHECK(Exists(scratch.Base() + L"\\other\\b.tmp"));
}

TEST_CASE("windows temp_folder: a link, a file and a missing folder are told apart")
{
    const ScratchFolder scratch;
    Shell(scratch.Base(), "mkdir target; ln -s target link; touch file; ln -s . around");
    const auto link = OpenWindowsTempFolder(Narrow(scratch.Base() + L"\\link"));
    REQUIRE(link.HasFailed());
    CHECK(link.Error().code == 4395);
    CHECK(link.Error().what.find("target") != std::string::npos);
    const auto around = OpenWindowsTempFolder(Narrow(scratch.Base() + L"\\around\\target"));
    REQUIRE(around.HasFailed());
    CHECK(around.Error().code == 4395);
    const auto file = OpenWindowsTempFolder(Narrow(scratch.Base() + L"\\file"));
    REQUIRE(file.HasFailed());
    CHECK(file.Error().code == ERROR_DIRECTORY);
    CHECK(OpenWindowsTempFolder(Narrow(scratch.Base() + L"\\nothing")).IsAbsent());
}

TEST_CASE("windows temp_folder: case and a backslash at the end of the path do not matter")
{
    const ScratchFolder scratch;
    CHECK(OpenWindowsTempFolder(Narrow(scratch.Base() + L"\\TEMP\\")).HasValue());
}
