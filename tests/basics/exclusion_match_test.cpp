// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "basics/exclusion_match.h"

namespace mars::test
{
namespace
{

constexpr const char* kFolder = "C:\\Program Files\\Agent\\Scratch";
constexpr const char* kProgram = "C:\\Program Files\\Agent\\bin\\cbengine.exe";

bool Folder(const char* exclusion)
{
    return basics::CoversFolder(exclusion, kFolder);
}

bool Process(const char* exclusion)
{
    return basics::CoversProcess(exclusion, kProgram);
}

} // namespace

TEST_CASE("exclusions: a folder covers itself and what is below it")
{
    CHECK(Folder("C:\\Program Files\\Agent\\Scratch"));
    CHECK(Folder("c:\\PROGRAM FILES\\agent\\scratch\\"));
    CHECK(Folder("C:/Program Files/Agent"));
    CHECK(Folder("C:\\"));
    CHECK_FALSE(Folder("D:\\"));
    CHECK_FALSE(Folder("C:\\Program Files\\Agent\\Scratch\\VHDs"));
    CHECK_FALSE(Folder("C:\\Program Files\\Agent\\Scr"));
    CHECK_FALSE(Folder("C:\\Program Files\\Agent\\Scratch2"));
    CHECK_FALSE(Folder("Scratch"));
    CHECK_FALSE(Folder(""));
}

TEST_CASE("exclusions: a star stands for one folder, all files of a folder count as the folder")
{
    CHECK(Folder("C:\\Program Files\\Agent\\Scratch\\*"));
    CHECK(Folder("C:\\Program Files\\Agent\\Scratch\\*.*"));
    CHECK(Folder("C:\\Program Files\\*"));
    CHECK(Folder("C:\\*\\Agent\\Scratch"));
    CHECK(Folder("?:\\Program Files\\Ag*t"));
    CHECK_FALSE(Folder("C:\\*\\Scratch"));
    CHECK_FALSE(Folder("C:\\Program Files\\Agent\\Scratch\\*.vhd"));
    CHECK_FALSE(Folder("C:\\Program Files\\Agent\\Scratch\\*\\*"));
    CHECK_FALSE(Folder("%Unknown%\\Agent"));
}

TEST_CASE("exclusions: a process counts by its path, its name or its folder")
{
    CHECK(Process("C:\\Program Files\\Agent\\bin\\cbengine.exe"));
    CHECK(Process("CBENGINE.EXE"));
    CHECK(Process("cbengine.*"));
    CHECK(Process("C:\\*\\Agent\\bin\\cbengine.exe"));
    CHECK(Process("C:\\Program Files\\Agent\\bin\\*"));
    CHECK(Process("C:\\Program Files\\Agent\\"));
    CHECK_FALSE(Process("dpmra.exe"));
    CHECK_FALSE(Process("C:\\Program Files\\Agent\\bin"));
    CHECK_FALSE(Process("C:\\Program Files\\Other\\bin\\cbengine.exe"));
    CHECK_FALSE(Process("engine.exe"));
    CHECK_FALSE(Process(""));
}

} // namespace mars::test
