// SPDX-License-Identifier: MIT
#include "elevation_path.h"

#include <doctest/doctest.h>

#include <map>

using namespace mars;

namespace
{

std::string Found(const std::string& path)
{
    static const std::map<std::string, std::string> drives{{"Z:", "\\\\server\\tools"}, {"S:", "C:\\Temp\\"},
        {"T:", "Z:\\deep"}, {"U:", "\\\\server\\share"}, {"L:", "L:\\round"}};
    return PathForElevation(path, [](const std::string& drive) -> std::optional<std::string> {
        const auto found = drives.find(drive);
        return found == drives.end() ? std::nullopt : std::optional(found->second);
    });
}

} // namespace

TEST_CASE("elevation path: a mapped drive is its share, one of SUBST its folder, each through the other")
{
    CHECK(Found("Z:\\mars-wizard.exe") == "\\\\server\\tools\\mars-wizard.exe");
    CHECK(Found("S:\\a\\mars-wizard.exe") == "C:\\Temp\\a\\mars-wizard.exe");
    CHECK(Found("T:\\mars-wizard.exe") == "\\\\server\\tools\\deep\\mars-wizard.exe");
    CHECK(Found("U:\\a") == "\\\\server\\share\\a");
}

TEST_CASE("elevation path: what every session has stays as it is")
{
    CHECK(Found("C:\\Tools\\mars-wizard.exe") == "C:\\Tools\\mars-wizard.exe");
    CHECK(Found("\\\\server\\share\\a") == "\\\\server\\share\\a");
    CHECK(Found("Z:relative") == "Z:relative");
    CHECK(Found("") == "");
}

TEST_CASE("elevation path: drives that lead to themselves end")
{
    CHECK(Found("L:\\a").starts_with("L:\\round"));
}
