// SPDX-License-Identifier: MIT
#include "support_plan.h"

#include "catalogue.h"
#include "xml_guard.h"

#include <doctest/doctest.h>

#include <string>

namespace mars::test
{
namespace
{

constexpr Timestamp kMade = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(12);

SupportPlan PlanOf(std::vector<SupportStep> steps)
{
    return {kMade, "1.2.3", std::move(steps)};
}

Answer<SupportPlan> Parse(std::string_view bytes)
{
    return ParseSupportPlan(bytes, AllRootCauses());
}

std::string File(const std::string& steps, const std::string& attributes = "schema=\"1\"")
{
    return "<support_plan " + attributes + " tool=\"1.2.3\" made=\"2026-03-10T12:00:00Z\">" + steps
        + "</support_plan>";
}

void CheckRefused(
    const std::string& bytes, const std::string& why, std::uint32_t expected = code::kInvalidData)
{
    CAPTURE(bytes.substr(0, 200));
    const auto plan = Parse(bytes);
    REQUIRE(plan.HasFailed());
    CHECK(plan.Error().code == expected);
    CHECK_MESSAGE(plan.Error().what.find(why) != std::string::npos, plan.Error().what);
}

const RootCause& Cause(std::string_view id)
{
    return *FindRootCause(id);
}

} // namespace

TEST_CASE("support plan: what was written is read, in its order")
{
    const SupportPlan plan = PlanOf({{&Cause("scheduling.trigger_disabled"),
                                         "First this,\nthen call <me> & \"us\"."},
        {&Cause("basics.service_stopped"), {}}, {&Cause("scheduling.trigger_disabled"), "Así, otra vez."}});
    const auto read = Parse(FormatSupportPlan(plan));
    REQUIRE(read.HasValue());
    CHECK(*read == plan);
}

TEST_CASE("support plan: a note is plain text without characters that steer a screen")
{
    const auto read = Parse(FormatSupportPlan(
        PlanOf({{&Cause("basics.service_stopped"), " \x1B[31mred\x07\tand\r\nnext\xFF "}})));
    REQUIRE(read.HasValue());
    CHECK(read->steps.at(0).note == "[31mred\tand\nnext\xEF\xBF\xBD");
    const auto turned = Parse(FormatSupportPlan(
        PlanOf({{&Cause("basics.service_stopped"), "a\u202Eb\u2066c\u0085d\u2028e\u200Ff \U0001F4BE ñ"}})));
    REQUIRE(turned.HasValue());
    CHECK(turned->steps.at(0).note == "abcdef \U0001F4BE ñ");
}

TEST_CASE("support plan: a note in several pieces is one note, and a step may be laid out over lines")
{
    const auto read =
        Parse(File("<step id=\"basics.service_stopped\">\n <note>first <![CDATA[& second]]> third"
                   "</note>\n</step>\n<step id=\"basics.clock_wrong\">\n</step>"));
    REQUIRE(read.HasValue());
    CHECK(read->steps.at(0).note == "first & second third");
    CHECK(read->steps.at(1).note.empty());
}

TEST_CASE("support plan: a note that is too long is cut before a character, and refused in a file")
{
    std::string note(kLongestNote - 1, 'a');
    note += "ñ and more";
    const auto read = Parse(FormatSupportPlan(PlanOf({{&Cause("basics.service_stopped"), note}})));
    REQUIRE(read.HasValue());
    CHECK(read->steps.at(0).note == std::string(kLongestNote - 1, 'a'));
    CheckRefused(File("<step id=\"basics.service_stopped\"><note>" + note + "</note></step>"), "too long");
}

TEST_CASE("support plan: a note that is cut behind a blank is the same when it is read again")
{
    const std::string note = std::string(kLongestNote - 1, 'a') + " more";
    const auto once = Parse(FormatSupportPlan(PlanOf({{&Cause("basics.service_stopped"), note}})));
    REQUIRE(once.HasValue());
    const auto twice = Parse(FormatSupportPlan(*once));
    REQUIRE(twice.HasValue());
    CHECK(twice->steps == once->steps);
}

TEST_CASE("support plan: it can name checks of this program and say something about them, nothing else")
{
    const std::string step = "<step id=\"basics.service_stopped\">";
    CHECK(Parse(File(step + "<note>Start it</note></step>")).HasValue());
    CHECK(Parse(File(step + "</step>")).HasValue());
    CheckRefused(File("<step id=\"basics.no_such_thing\"/>"), "no check", code::kNewerFormat);
    CheckRefused(File("<step/>"), "no check");
    CheckRefused(File("<step id=\"basics.service_stopped\" tool=\"powershell\"/>"), "more than");
    CheckRefused(File(step + "<command>format c:</command></step>"), "more than");
    CheckRefused(File(step + "<note>a</note><link url=\"https://example.com\"/></step>"), "more than");
    CheckRefused(File(step + "<note href=\"https://example.com\">a</note></step>"), "more than");
    CheckRefused(File(step + "<note>a<b>c</b></note></step>"), "more than");
    CheckRefused(File("<run id=\"basics.service_stopped\"/>"), "more than");
    CheckRefused(File("text" + step + "</step>"), "more than");
    CheckRefused(File(step + "</step>", "schema=\"1\" open=\"C:\\\\x.exe\""), "damaged");
    CheckRefused(File("<step id=\"basics.service_stopped\" id=\"basics.agent_outdated\"/>"), "more than");
    CheckRefused(File(step + "</step>", "schema=\"1\" schema=\"2\""), "damaged");
}

TEST_CASE("support plan: what is no plan, or a newer one, says so")
{
    CheckRefused("", "plan");
    CheckRefused("<recording schema=\"1\"/>", "not a plan");
    CheckRefused(File("<step id=\"basics.service_stopped\"/>") + "<more/>", "not a plan");
    CheckRefused(File("<step id=\"basics.service_stopped\"/>", "schema=\"2\""), "newer", code::kNewerFormat);
    CheckRefused(File("<step id=\"basics.service_stopped\"/>", "schema=\"x\""), "not a plan");
    CheckRefused("<support_plan schema=\"1\" tool=\"1\"><step id=\"basics.service_stopped\"/></support_plan>",
        "damaged");
    CheckRefused(File(""), "no steps");
    CheckRefused(
        "<!DOCTYPE a [<!ENTITY b \"c\">]>" + File("<step id=\"basics.service_stopped\"/>"), "document type");
    CheckRefused(std::string(kLongestSupportPlan + 1, ' '), "support plan");
    std::string many;
    for (int i = 0; i < 201; ++i)
    {
        many += "<step id=\"basics.service_stopped\"/>";
    }
    CheckRefused(File(many), "too many");
}

TEST_CASE("support plan: cut off anywhere it is refused")
{
    const std::string whole = FormatSupportPlan(PlanOf({{&Cause("basics.service_stopped"), "Start it"}}));
    const std::size_t end = whole.find_last_of('>');
    for (std::size_t length = 0; length < end; ++length)
    {
        CAPTURE(length);
        CHECK(Parse(std::string_view(whole).substr(0, length)).HasFailed());
    }
}

} // namespace mars::test
