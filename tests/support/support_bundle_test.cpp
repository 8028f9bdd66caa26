// SPDX-License-Identifier: MIT
#include "support_bundle.h"

#include "knowledge.h"

#include "questions/all.h"
#include "questions/computer.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "recording.h"
#include "test_support.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace mars::test
{

namespace
{

template <class... Questions>
std::vector<std::string_view> KindsOf(QuestionList<Questions...>)
{
    return {Questions::kKind...};
}

/// Without its entries: what is not part of any kind.
std::size_t HeaderSize(bool redacted)
{
    return MakeSupportBundle(RecordedMachine(), {}, redacted).recording.size();
}

void CheckParts(bool redact)
{
    const SupportBundle bundle = MakeSupportBundle(HealthyServer(), {}, redact);
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    for (const BundlePart& part : bundle.parts)
    {
        CHECK(part.count > 0);
        count += part.count;
        bytes += part.bytes;
    }
    CHECK(count == bundle.questions);
    // The document element of an empty recording has no closing tag.
    const std::size_t header = HeaderSize(redact);
    CHECK(bytes + header <= bundle.recording.size());
    CHECK(bundle.recording.size() - bytes - header < 32);
}

} // namespace

TEST_CASE("support bundle: every question has a kind that the list of kinds has")
{
    const auto kinds = BundleKinds();
    for (const std::string_view kind : KindsOf(AllQuestions{}))
    {
        CAPTURE(kind);
        CHECK(std::ranges::find(kinds, kind) != kinds.end());
    }
}

TEST_CASE("support bundle: every kind has a question, a text, and comes once")
{
    const auto kinds = BundleKinds();
    const std::vector<std::string_view> all = KindsOf(AllQuestions{});
    const std::set<std::string_view> used(all.begin(), all.end());
    CHECK(used == std::set<std::string_view>(kinds.begin(), kinds.end()));
    CHECK(used.size() == kinds.size());
    for (const std::string_view kind : kinds)
    {
        CAPTURE(kind);
        CHECK(BuiltInKnowledge().HasText(fmt::format("bundle.kind_{}", kind)));
    }
}

TEST_CASE("support bundle: its parts add up to the file, redacted or not")
{
    CheckParts(false);
    CheckParts(true);
}

TEST_CASE("support bundle: a kind counts its answers")
{
    RecordedMachine machine;
    machine.Set(QueryService{"obengine"}, Absent{});
    machine.Set(QueryService{"vss"}, Absent{});
    machine.Set(ReadClock{}, Failure{5, "ask it"});
    const auto parts = MakeSupportBundle(machine, {}, false).parts;
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].kind == "computer");
    CHECK(parts[0].count == 1);
    CHECK(parts[1].kind == "services");
    CHECK(parts[1].count == 2);
    CHECK(parts[1].bytes > 0);
}

TEST_CASE("support bundle: the agent's own proxy is given, and no name of it is in a redacted one")
{
    Given given;
    given.agentProxy = "gate.secret-corp.example:8080";
    CHECK(MakeSupportBundle(HealthyServer(), given, false).recording.find("gate.secret-corp")
        != std::string::npos);
    const std::string redacted = MakeSupportBundle(HealthyServer(), given, true).recording;
    CHECK(redacted.find("secret-corp") == std::string::npos);
    CHECK(redacted.find(":8080") != std::string::npos);
    given.agentProxy = "none";
    CHECK(MakeSupportBundle(HealthyServer(), given, true).recording.find("none") != std::string::npos);
}

TEST_CASE("support bundle: answers of a later look are added, and change none of the first")
{
    RecordedMachine first;
    first.Set(ReadRegistryValue{{"HKLM\\A", "x"}}, RegistryValue::Dword(1));
    RecordedMachine more;
    more.Set(ReadRegistryValue{{"HKLM\\A", "x"}}, RegistryValue::Dword(2));
    more.Set(ReadRegistryValue{{"HKLM\\A", "y"}}, RegistryValue::Dword(3));
    const RecordedMachine both = Together(first, more);
    CHECK(both.QuestionCount() == 2);
    CHECK(*both.Ask(ReadRegistryValue{{"HKLM\\A", "x"}}, {}) == RegistryValue::Dword(1));
    CHECK(*both.Ask(ReadRegistryValue{{"HKLM\\A", "y"}}, {}) == RegistryValue::Dword(3));
}

} // namespace mars::test
