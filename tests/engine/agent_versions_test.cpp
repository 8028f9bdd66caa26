// SPDX-License-Identifier: MIT
#include "agent_versions.h"
#include "test_support.h"

#include <algorithm>

namespace mars::test
{
namespace
{

constexpr const char* kMinimums = R"(<minimum of="supported" version="2.0.10.0"/>
    <minimum of="registration" version="2.0.20.0"/><minimum of="offline_seeding" version="2.0.30.0"/>)";

std::optional<AgentVersions> ParseWith(const std::string& content)
{
    return ParseAgentVersions("<agent_versions>" + content + "</agent_versions>");
}

} // namespace

TEST_CASE("agent_versions: the table of the program has the documented minimums and rises")
{
    const AgentVersions& known = KnownAgentVersions();
    CHECK(known.supported == FileVersion{2, 0, 9083, 0});
    CHECK(known.registration == FileVersion{2, 0, 9249, 0});
    CHECK(known.offlineSeeding == FileVersion{2, 0, 9250, 0});
    CHECK(known.Newest() >= FileVersion{2, 0, 9938, 0});
    CHECK(std::ranges::is_sorted(known.releases, {}, &AgentVersions::Release::version));
}

TEST_CASE("agent_versions: a version came out with the last documented one before it")
{
    const auto table = ParseWith(std::string(kMinimums) + R"(<version number="2.0.10.0" released="2017-08"/>
        <version number="2.0.30.0" released="2022"/>)");
    REQUIRE(table.has_value());
    CHECK(table->ReleasedBy({2, 0, 9, 0}).empty());
    CHECK(table->ReleasedBy({2, 0, 10, 0}) == "2017-08");
    CHECK(table->ReleasedBy({2, 0, 29, 9}) == "2017-08");
    CHECK(table->ReleasedBy({2, 0, 31, 0}) == "2022");
}

TEST_CASE("agent_versions: a damaged table is refused")
{
    const std::string version = R"(<version number="2.0.10.0" released="2017-08"/>)";
    CHECK(ParseWith(kMinimums + version).has_value());
    CHECK_FALSE(ParseWith(version).has_value());
    CHECK_FALSE(ParseWith(kMinimums).has_value());
    CHECK_FALSE(ParseWith(kMinimums + version + version).has_value());
    CHECK_FALSE(ParseWith(kMinimums + std::string(R"(<version number="2.0"/>)")).has_value());
    CHECK_FALSE(ParseAgentVersions("no xml").has_value());
}

} // namespace mars::test
