// SPDX-License-Identifier: MIT
#include "agent_versions.h"
#include "questions/files.h"
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

std::string Version(const std::string& number, const std::string& released)
{
    return "<version number=\"" + number + "\" released=\"" + released + "\"/>";
}

std::string Branch(const std::string& name, const std::string& from, const std::string& versions)
{
    return "<branch name=\"" + name + "\" from=\"" + from + "\">" + versions + "</branch>";
}

AgentVersions Table(const std::string& branches)
{
    const auto table = ParseWith(kMinimums + branches);
    REQUIRE(table.has_value());
    return *table;
}

} // namespace

TEST_CASE("agent_versions: the table of the program has the documented minimums")
{
    const AgentVersions& known = KnownAgentVersions();
    CHECK(known.supported == FileVersion{2, 0, 9083, 0});
    CHECK(known.registration == FileVersion{2, 0, 9249, 0});
    CHECK(known.offlineSeeding == FileVersion{2, 0, 9250, 0});
}

TEST_CASE("agent_versions: Azure Backup and Site Recovery number their agents apart")
{
    const AgentVersions& known = KnownAgentVersions();
    CHECK(known.BranchOf({2, 0, 9082, 0}).name == "common");
    CHECK(known.BranchOf({2, 0, 9399, 9}).name == "common");
    CHECK(known.BranchOf({2, 0, 9415, 0}).name == "azure_backup");
    CHECK(known.BranchOf({2, 0, 9506, 0}).Newest().version >= FileVersion{2, 0, 9506, 0});
    // What Azure Backup publishes next.
    CHECK(known.BranchOf({2, 0, 9700, 0}).name == "azure_backup");
    CHECK(known.BranchOf({2, 0, 9938, 0}).name == "site_recovery");
    CHECK(known.BranchOf({2, 0, 9506, 0}).Newest().version < FileVersion{2, 0, 9900, 0});
}

TEST_CASE("agent_versions: no agent that Azure Backup or Site Recovery still publishes is far behind")
{
    const AgentVersions& known = KnownAgentVersions();
    for (const AgentVersions::Branch& branch : known.branches)
    {
        CHECK_FALSE(known.IsFarBehind(branch.Newest().version));
    }
    CHECK_FALSE(known.IsFarBehind({2, 0, 9415, 0}));
    CHECK_FALSE(known.IsFarBehind({2, 0, 9917, 0}));
}

TEST_CASE("agent_versions: a version came out with the last documented one before it in its branch")
{
    const AgentVersions table =
        Table(Branch("old", "2.0.0.0", Version("2.0.10.0", "2017-08") + Version("2.0.30.0", "2022"))
            + Branch("new", "2.0.40.0", Version("2.0.45.0", "2024-02")));
    CHECK(table.ReleasedBy({1, 9, 0, 0}).empty());
    CHECK(table.ReleasedBy({2, 0, 9, 0}).empty());
    CHECK(table.ReleasedBy({2, 0, 10, 0}) == "2017-08");
    CHECK(table.ReleasedBy({2, 0, 29, 9}) == "2017-08");
    CHECK(table.ReleasedBy({2, 0, 39, 9}) == "2022");
    CHECK(table.ReleasedBy({2, 0, 44, 0}).empty());
    CHECK(table.ReleasedBy({2, 0, 46, 0}) == "2024-02");
}

TEST_CASE("agent_versions: far behind is more than 18 months before the newest of the same branch")
{
    const AgentVersions table = Table(
        Branch("old", "2.0.0.0",
            Version("2.0.10.0", "2022-04") + Version("2.0.11.0", "2022-05") + Version("2.0.20.0", "2023-11"))
        + Branch("new", "2.0.40.0", Version("2.0.45.0", "2026-01")));
    CHECK(table.IsFarBehind({2, 0, 10, 9}));
    CHECK_FALSE(table.IsFarBehind({2, 0, 11, 0}));
    CHECK_FALSE(table.IsFarBehind({2, 0, 20, 0}));
    CHECK_FALSE(table.IsFarBehind({2, 0, 45, 0}));
    // When it came out is not known.
    CHECK_FALSE(table.IsFarBehind({2, 0, 9, 0}));
    CHECK_FALSE(table.IsFarBehind({2, 0, 41, 0}));
}

TEST_CASE("agent_versions: where a year alone is documented, it is taken so that nobody is far behind by it")
{
    const auto isFarBehind = [](const char* own, const char* newest) {
        return Table(Branch("one", "2.0.0.0", Version("2.0.10.0", own) + Version("2.0.20.0", newest)))
            .IsFarBehind({2, 0, 10, 0});
    };
    CHECK_FALSE(isFarBehind("2022", "2024-06"));
    CHECK(isFarBehind("2022", "2024-07"));
    CHECK_FALSE(isFarBehind("2022-07", "2024"));
    CHECK(isFarBehind("2022-06", "2024"));
    CHECK_FALSE(isFarBehind("2022", "2023"));
}

TEST_CASE("agent_versions: a damaged table is refused")
{
    const std::string version = Version("2.0.10.0", "2017-08");
    const std::string good = Branch("one", "2.0.0.0", version);
    CHECK(ParseWith(kMinimums + good).has_value());
    CHECK_FALSE(ParseWith(good).has_value());
    CHECK_FALSE(ParseWith(kMinimums).has_value());
    CHECK_FALSE(ParseWith(kMinimums + Branch("one", "2.0.0.0", "")).has_value());
    CHECK_FALSE(ParseWith(kMinimums + Branch("one", "", version)).has_value());
    CHECK_FALSE(ParseWith(kMinimums + Branch("one", "2.0.11.0", version)).has_value());
    CHECK_FALSE(ParseWith(kMinimums + Branch("one", "2.0.0.0", version + version)).has_value());
    CHECK_FALSE(ParseWith(kMinimums + Branch("one", "2.0.0.0", Version("2.0", "2017-08"))).has_value());
    CHECK_FALSE(ParseAgentVersions("no xml").has_value());
    for (const char* date : {"", "2017-13", "2017-00", "2017-8", "next year", "2017/08"})
    {
        CHECK_FALSE(ParseWith(kMinimums + Branch("one", "2.0.0.0", Version("2.0.10.0", date))).has_value());
    }
    const std::string second = Branch("two", "2.0.10.0", Version("2.0.20.0", "2018-08"));
    CHECK_FALSE(ParseWith(kMinimums + good + second).has_value());
}

} // namespace mars::test
