// SPDX-License-Identifier: MIT
#include "failed_files.h"
#include "questions/failed_files.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace mars::test
{
namespace
{

const std::string kHead =
    "These files could not be backed up. Add them to the exclusion list of the policy.\r\n"
    "------------------------------\r\n";
const std::string kFoot = "------------------------------\r\n\r\n";

std::string InUtf16(const std::string& text)
{
    std::string bytes = "\xFF\xFE";
    for (const char16_t unit : ToUtf16(text))
    {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
    }
    return bytes;
}

FailedFiles ParseEntries(const std::string& entries)
{
    return ParseFailedFiles(kHead + entries + kFoot);
}

/// The only entry's path.
std::string PathIn(const std::string& entry)
{
    const FailedFiles list = ParseEntries(entry + "\r\n");
    REQUIRE(list.files == 1);
    REQUIRE(list.groups.front().examples.size() == 1);
    return list.groups.front().examples.front();
}

} // namespace

TEST_CASE("failed_files: the names of such lists")
{
    CHECK(IsFailedFilesName("LastBackupFailedFiles17af1_7_21_2020.txt"));
    CHECK(IsFailedFilesName("lastbackupfailedfiles.TXT"));
    CHECK_FALSE(IsFailedFilesName("LastBackupFailedFiles17af1.log"));
    CHECK_FALSE(IsFailedFilesName("BackupFailedFiles.txt"));
}

TEST_CASE("failed_files: paths and codes, grouped, the largest group first")
{
    const FailedFiles list = ParseEntries("C:\\Data\\one.docx 0x80070005\r\nD:\\two.xlsx\t0x80070020\r\n"
                                          "\\\\?\\C:\\three 0x80070005\r\n");
    CHECK(list.files == 3);
    CHECK(list.otherLines == 0);
    REQUIRE(list.groups.size() == 2);
    CHECK(list.groups[0] == FailedFileGroup{0x80070005, 2, {"C:\\Data\\one.docx", "\\\\?\\C:\\three"}});
    CHECK(list.groups[1] == FailedFileGroup{0x80070020, 1, {"D:\\two.xlsx"}});
}

TEST_CASE("failed_files: what stands between path and code does not belong to the path")
{
    CHECK(PathIn("C:\\My files\\a b.txt - HRESULT: 0x80070005") == "C:\\My files\\a b.txt");
    CHECK(PathIn("C:\\a.txt (0x80070005)") == "C:\\a.txt");
    CHECK(PathIn("C:\\a.txt, Error 0x80070005") == "C:\\a.txt");
    CHECK(PathIn("\"C:\\a.txt\" 0x80070005") == "C:\\a.txt");
    CHECK(PathIn("0x80070005: C:\\a.txt") == "C:\\a.txt");
    CHECK(PathIn("File C:\\terror 0x80070005") == "C:\\terror");
    CHECK(PathIn("C:\\only a path") == "C:\\only a path");
}

TEST_CASE("failed_files: path and code in two lines, in either order, are one entry")
{
    for (const char* entries :
        {"C:\\a\r\n0x80070005\r\nC:\\b\r\n0x80070005\r\n", "0x80070005\r\nC:\\a\r\n0x80070005\r\nC:\\b\r\n"})
    {
        const FailedFiles list = ParseEntries(entries);
        REQUIRE(list.groups.size() == 1);
        CHECK(list.groups[0] == FailedFileGroup{0x80070005, 2, {"C:\\a", "C:\\b"}});
    }
}

TEST_CASE("failed_files: entries without a code, and codes without a path, count")
{
    const FailedFiles list = ParseEntries("C:\\a\r\nC:\\b\r\n0x80070002\r\n0x80070003\r\n");
    CHECK(list.files == 3);
    REQUIRE(list.groups.size() == 3);
    CHECK(list.groups[0] == FailedFileGroup{0, 1, {"C:\\a"}});
    CHECK(list.groups[1] == FailedFileGroup{0x80070002, 1, {"C:\\b"}});
    CHECK(list.groups[2] == FailedFileGroup{0x80070003, 1, {}});
}

TEST_CASE("failed_files: an empty list has no files, and lines that mean nothing are counted")
{
    CHECK(ParseEntries("") == FailedFiles{});
    CHECK(ParseFailedFiles("") == FailedFiles{});
    CHECK(ParseFailedFiles("Add them to the exclusion list: --------\r\n") == FailedFiles{});
    const FailedFiles odd = ParseEntries("something else\r\nE: 0x7FFFFFFF\r\n");
    CHECK(odd.files == 0);
    CHECK(odd.otherLines == 2);
    CHECK(ParseFailedFiles("no rule and no path").otherLines == 1);
}

TEST_CASE("failed_files: what only looks like a path or a code")
{
    CHECK(ParseEntries("0x800700051 0x8007 http://x\\y AB:\\c\r\n").files == 0);
    CHECK(ParseEntries("1C:\\a\r\n").files == 0);
}

TEST_CASE("failed_files: UTF-16, UTF-8 and a code page")
{
    const std::string entry = "C:\\Año\\ñ.txt 0x80070005\r\n";
    for (const std::string& bytes : {kHead + entry, "\xEF\xBB\xBF" + kHead + entry, InUtf16(kHead + entry)})
    {
        const FailedFiles list = ParseFailedFiles(bytes);
        REQUIRE(list.files == 1);
        CHECK(list.groups[0].examples == std::vector<std::string>{"C:\\Año\\ñ.txt"});
    }
    CHECK(PathIn("C:\\A\xF1o 0x80070005") == "C:\\Año");
}

TEST_CASE("failed_files: by code and folder, whatever the case of their letters")
{
    const FailedFiles list =
        ParseEntries("C:\\Data\\one 0x80070005\r\nc:\\DATA\\two 0x80070005\r\n"
                     "C:\\Data\\three 0x80070020\r\nC:\\four 0x80070005\r\n0x80070005\r\n");
    REQUIRE(list.folders.size() == 3);
    CHECK(list.folders[0] == FailedFolder{0x80070005, "C:\\Data", 2, {"C:\\Data\\one", "c:\\DATA\\two"}});
    CHECK(std::ranges::count(list.folders, std::string("C:"), &FailedFolder::folder) == 1);
}

TEST_CASE("failed_files: many files and codes, and long paths, keep to their bounds")
{
    std::string entries;
    for (int code = 0; code < 60; ++code)
    {
        for (int file = 0; file < 7; ++file)
        {
            entries += "C:\\" + std::string(500, 'x') + " 0x800701" + std::to_string(10 + code) + "\r\n";
        }
    }
    const FailedFiles list = ParseEntries(entries);
    CHECK(list.files == 60 * 7);
    CHECK(list.groups.size() == 50);
    CHECK(list.folders.size() == 50);
    CHECK(list.groups[0].examples.size() == 5);
    CHECK(list.groups[0].examples[0].size() == 400);
}

} // namespace mars::test
