// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "console_support.h"
#include "support_plan.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

/// "plan S-3 B-3" with a note on each, as the file "plan.xml".
void MakePlan(FakeConsole& console)
{
    const auto run = CallWith(console,
        {"plan", "S-3", "basics.service_stopped", "--note", "S-3=Look here first", "--note",
            "B-3=Then <this>", "--out", "plan.xml"});
    CHECK(run.code == 0);
    CHECK(run.out.empty());
}

} // namespace

TEST_CASE("plan: steps by code or id, in their order, with notes")
{
    FakeConsole console(HealthyServer());
    MakePlan(console);
    const auto plan = ParseSupportPlan(console.files["plan.xml"], AllRootCauses());
    REQUIRE(plan.HasValue());
    REQUIRE(plan->steps.size() == 2);
    CHECK(plan->steps[0].cause->id == "scheduling.trigger_disabled");
    CHECK(plan->steps[0].note == "Look here first");
    CHECK(plan->steps[1].note == "Then <this>");
    CHECK(ParseSupportPlan(Call(console, "plan S-3").out, AllRootCauses()).HasValue());
}

TEST_CASE("plan: an unknown step, and a note for a step that is not in it, are refused")
{
    FakeConsole console(HealthyServer());
    CheckRefused(Call(console, "plan S-99"), "S-99");
    CheckRefused(Call(console, "plan"), "ID");
    CheckRefused(CallWith(console, {"plan", "S-3", "--note", "B-3=x"}), "B-3=x");
    CheckRefused(CallWith(console, {"plan", "S-3", "--note", "look"}), "look");
}

TEST_CASE("plan: running one makes its checks only, and shows each note")
{
    FakeConsole console(ServerWithDisabledService());
    MakePlan(console);
    const auto json = Call(console, "run --plan plan.xml --format json");
    CHECK(json.code == 1);
    REQUIRE(json.Json()["checks"].size() == 2);
    CHECK(json.Json()["checks"][0]["code"] == "S-3");
    CHECK(json.Json()["checks"][0]["note"] == "Look here first");
    for (const char* format : {"text", "markdown", "html"})
    {
        CAPTURE(format);
        const auto run = Call(console, std::string("run --plan plan.xml --format ") + format);
        const auto first = run.out.find("Look here first");
        CHECK(first != std::string::npos);
        CHECK(first < run.out.find("Then "));
        const bool isMarkup = std::string(format) != "text";
        CHECK((run.out.find("<this>") == std::string::npos) == isMarkup);
    }
}

TEST_CASE("plan: a file that is none is refused with what to do")
{
    FakeConsole console(HealthyServer());
    CheckRefused(Call(console, "run --plan missing.xml"), "missing.xml");
    console.files["plan.xml"] = "<support_plan schema=\"1\" tool=\"1\" made=\"2026-03-10T12:00:00Z\">"
                                "<step id=\"basics.service_stopped\" command=\"x\"/></support_plan>";
    CheckRefused(Call(console, "run --plan plan.xml"), "Ask for it again");
    console.files["plan.xml"] = "<support_plan schema=\"9\"/>";
    CheckRefused(Call(console, "run --plan plan.xml"), "newer version");
}

} // namespace mars::test
