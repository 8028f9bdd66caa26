// SPDX-License-Identifier: MIT
#include "own_drives.h"

#include <doctest/doctest.h>

#include <map>
#include <vector>

namespace mars::test
{
namespace
{

constexpr std::uint32_t kMountPoint = 0xA0000003;
constexpr std::uint32_t kSymbolicLink = 0xA000000C;
constexpr std::uint32_t kLinuxLink = 0xA000001D;
constexpr std::uint32_t kDeduplicated = 0x80000013;
constexpr std::uint32_t kCloudFile = 0x9000701A;

/// C: is built in; F: is a stick, Z: a share, and nothing else is there. Notes what was looked at.
struct Computer
{
    std::map<std::string, std::optional<std::uint32_t>> tags;
    std::vector<std::string> lookedAt;

    bool Stays(const std::string& path)
    {
        lookedAt.clear();
        return StaysOnOwnDrives(path,
            {[](const std::string& root) { return root == "C:\\"; },
                [this](const std::string& part) {
                    lookedAt.push_back(part);
                    const auto found = tags.find(part);
                    return found == tags.end() ? std::optional<std::uint32_t>(0) : found->second;
                }});
    }
};

} // namespace

TEST_CASE("own_drives: a plain path on a fixed drive stays, and every part of it was looked at")
{
    Computer computer;
    CHECK(computer.Stays("C:\\Users\\other\\Downloads"));
    CHECK(computer.lookedAt
        == std::vector<std::string>{"C:\\Users", "C:\\Users\\other", "C:\\Users\\other\\Downloads"});
    CHECK(computer.Stays("C:\\"));
    CHECK(computer.Stays("C:\\Users\\"));
}

TEST_CASE("own_drives: whatever may name another computer is not looked at, let alone opened")
{
    Computer computer;
    for (const char* path :
        {"\\\\server\\share\\x", "//server/share/x", "\\\\?\\UNC\\server\\share\\x", "\\\\?\\C:\\x",
            "\\\\.\\pipe\\x", "\\\\.\\C:\\x", "\\??\\C:\\x", "\\x", "x", "", "C:", "C:x", "C:/x", "C:\\x/y",
            "Z:\\x", "F:\\x", "Q:\\x", "c:x\\y", "1:\\x", "C:\\x:stream", "C:\\a\\*", "C:\\x|"})
    {
        CAPTURE(path);
        CHECK_FALSE(computer.Stays(path));
        CHECK(computer.lookedAt.empty());
    }
}

TEST_CASE("own_drives: no way back up, and no link on the way")
{
    Computer computer;
    CHECK_FALSE(computer.Stays("C:\\Users\\..\\x"));
    CHECK_FALSE(computer.Stays("C:\\.\\x"));
    CHECK(computer.Stays("C:\\Users\\...x"));
    for (const auto tag :
        {std::optional(kSymbolicLink), std::optional(kLinuxLink), std::optional<std::uint32_t>()})
    {
        computer.tags = {{"C:\\Users\\other", tag}};
        CHECK_FALSE(computer.Stays("C:\\Users\\other\\Downloads"));
        // What lies behind the link was not asked for: that would follow it.
        CHECK(computer.lookedAt.back() == "C:\\Users\\other");
        CHECK(computer.Stays("C:\\Users\\another"));
    }
}

TEST_CASE("own_drives: junctions and files that are only stored otherwise are passed")
{
    Computer computer;
    for (const std::uint32_t tag : {kMountPoint, kDeduplicated, kCloudFile})
    {
        computer.tags = {{"C:\\Users", tag}};
        CHECK(computer.Stays("C:\\Users\\other\\Downloads"));
    }
}

} // namespace mars::test
