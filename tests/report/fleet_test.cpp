// SPDX-License-Identifier: MIT
#include "fleet.h"

#include "catalogue.h"
#include "count_text.h"
#include "fleet_document.h"
#include "formats.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>

namespace mars::test
{

namespace
{

using Json = nlohmann::ordered_json;

Json CheckOf(const std::string& id, const std::string& outcome, const std::string& level = {})
{
    Json check{{"id", id}, {"outcome", outcome}};
    if (!level.empty())
    {
        check["level"] = level;
    }
    return check;
}

std::string ResultOf(const std::string& name, const std::vector<Json>& checks,
    const std::string& when = "2026-03-10T12:00:00Z")
{
    return Json{{"schema", 1},
        {"machine", {{"name", name}, {"windows", "Windows Server 2019"}, {"agent_version", "2.0.9938.0"}}},
        {"started", when}, {"checks", checks}}
        .dump(2);
}

const Json kService = CheckOf("basics.service_stopped", "problem", "error");
const Json kTrigger = CheckOf("scheduling.trigger_disabled", "problem", "warning");

std::string Utf16(const std::string& text)
{
    std::string bytes = "\xFF\xFE";
    for (const char16_t unit : ToUtf16(text))
    {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
    }
    return bytes;
}

std::string Page(const DocumentFormat& format, const Fleet& fleet, Language language = Language::kEnglish)
{
    return format.write(
        [&](Language in) { return FleetDocument(fleet, AllRootCauses(), BuiltInKnowledge(), in); }, language);
}

std::string Page(std::string_view format, const Fleet& fleet, Language language = Language::kEnglish)
{
    return Page(FormatNamed(format), fleet, language);
}

std::string JsonOf(const Fleet& fleet)
{
    return FleetJson(fleet, AllRootCauses(), BuiltInKnowledge(), Language::kEnglish);
}

} // namespace

TEST_CASE(
    "fleet: problems are counted by root cause, the most frequent first, and servers by how bad they are")
{
    Fleet fleet;
    fleet.Add("a.json", ResultOf("srv-a", {kTrigger}));
    fleet.Add("b.json", ResultOf("srv-b", {kTrigger, kService}));
    fleet.Add("c.json", ResultOf("srv-c", {CheckOf("basics.clock_wrong", "could_not_check")}));
    fleet.Add("d.json", ResultOf("srv-d", {CheckOf("basics.clock_wrong", "problem", "advice")}));
    CHECK(fleet.WithProblems() == 2);
    CHECK(fleet.WithGaps() == 1);
    const Json page = Json::parse(JsonOf(fleet));
    REQUIRE(page["causes"].size() == 2);
    CHECK(page["causes"][0]["id"] == "scheduling.trigger_disabled");
    CHECK(page["causes"][0]["code"] == "S-3");
    CHECK(page["causes"][0]["servers"] == Json{"srv-a", "srv-b"});
    CHECK(page["causes"][1]["servers"] == Json{"srv-b"});
    std::vector<std::string> order;
    for (const Json& server : page["servers"])
    {
        order.push_back(server["name"]);
    }
    CHECK(order == std::vector<std::string>{"srv-b", "srv-a", "srv-c", "srv-d"});
    CHECK(page["unread"].empty());
}

TEST_CASE("fleet: results are read one in a file, several behind each other, and as PowerShell writes them")
{
    Fleet fleet;
    fleet.Add("lines.json",
        Json::parse(ResultOf("one", {})).dump() + "\n" + Json::parse(ResultOf("two", {})).dump());
    fleet.Add("mark.json", "\xEF\xBB\xBF" + ResultOf("three", {}));
    fleet.Add("wide.json", Utf16(ResultOf("señor-4", {kService})));
    CHECK(fleet.faults.empty());
    CHECK(fleet.servers.size() == 4);
    CHECK(fleet.servers.at("señor-4").errors == std::vector<std::string>{"basics.service_stopped"});
}

TEST_CASE("fleet: of several results of a server the newest counts, and that is said")
{
    Fleet fleet;
    fleet.Add("new.json", ResultOf("SRV", {}, "2026-03-11T12:00:00Z"));
    fleet.Add("old.json", ResultOf("srv", {kService}, "2026-03-10T12:00:00Z"));
    CHECK(fleet.WithProblems() == 0);
    fleet.Add("newest.json", ResultOf("srv", {kTrigger}, "2026-03-12T12:00:00Z"));
    CHECK(fleet.servers.size() == 1);
    CHECK(fleet.WithProblems() == 1);
    CHECK(Page("text", fleet).find("left out: 2") != std::string::npos);
}

TEST_CASE("fleet: what is no result is named and never counted as a healthy server")
{
    const std::string good = ResultOf("srv", {});
    const std::string bad[] = {"", "hello", "{}", "[]", "null", "{\"schema\":1}",
        good.substr(0, good.size() / 2),
        "{\"schema\":2,\"machine\":{},\"checks\":[],\"started\":\"2026-03-10T12:00:00Z\"}",
        "{\"schema\":1,\"machine\":[],\"checks\":[],\"started\":\"2026-03-10T12:00:00Z\"}",
        "{\"schema\":1,\"machine\":{},\"checks\":{},\"started\":\"2026-03-10T12:00:00Z\"}",
        "{\"schema\":1,\"machine\":{},\"checks\":[],\"started\":\"yesterday\"}",
        "{\"schema\":\"1\",\"machine\":{},\"checks\":[],\"started\":\"2026-03-10T12:00:00Z\"}"};
    for (const std::string& text : bad)
    {
        CAPTURE(text);
        Fleet fleet;
        fleet.Add("bad.json", text);
        CHECK(fleet.servers.empty());
        REQUIRE(fleet.faults.size() == 1);
        CHECK(fleet.faults[0].file == "bad.json");
        CHECK(JsonOf(fleet).find("bad") != std::string::npos);
        for (const DocumentFormat& format : kDocumentFormats)
        {
            CHECK(Page(format, fleet).find("bad") != std::string::npos);
        }
    }
    Fleet half;
    half.Add("half.json", good + "\n" + good.substr(0, 20));
    CHECK(half.servers.size() == 1);
    CHECK(half.faults.size() == 1);
}

TEST_CASE("fleet: a file full of what is no result is told with its first parts and a number")
{
    std::string junk;
    for (int i = 0; i < 1000; ++i)
    {
        junk += "{}\n";
    }
    Fleet fleet;
    fleet.Add("junk.json", junk);
    fleet.Add("other.json", "{}");
    CHECK(fleet.faults.size() == kMostFaultsOfFile + 1);
    CHECK(fleet.furtherFaults == 1000 - kMostFaultsOfFile);
    CHECK(Json::parse(JsonOf(fleet))["further_unread"] == 980);
    for (const DocumentFormat& format : kDocumentFormats)
    {
        CHECK(Page(format, fleet).find("980") != std::string::npos);
    }
}

TEST_CASE("fleet: a script can join the servers of a finding with the list of servers")
{
    Fleet fleet;
    fleet.Add("a.json", ResultOf("srv\xE2\x80\x8B", {kService}));
    const Json page = Json::parse(JsonOf(fleet));
    CHECK(page["causes"][0]["servers"][0] == page["servers"][0]["name"]);
}

TEST_CASE("fleet: a damaged result takes none of its neighbours with it, however they are laid out")
{
    for (const bool inOneLine : {false, true})
    {
        CAPTURE(inOneLine);
        const auto laidOut = [&](const std::string& name) {
            const std::string text = ResultOf(name, {kService});
            return inOneLine ? Json::parse(text).dump() : text;
        };
        const std::string cut = laidOut("srv-cut");
        Fleet fleet;
        fleet.Add("all.json",
            laidOut("srv-a") + "\n" + cut.substr(0, cut.size() / 2) + "\n" + laidOut("srv-b") + "\n"
                + laidOut("srv-c") + "\n");
        CHECK(fleet.servers.size() == 3);
        CHECK(fleet.WithProblems() == 3);
        CHECK(fleet.faults.size() == 1);
    }
}

TEST_CASE("fleet: what cannot be understood was not checked, and a name that is no text does no harm")
{
    Fleet fleet;
    fleet.Add("a.json",
        ResultOf("srv",
            {CheckOf("basics.service_stopped", "problem", "fatal"), CheckOf("a.b", "splendid"),
                CheckOf("basics.clock_wrong", "problem"), Json("text")}));
    CHECK(fleet.WithProblems() == 0);
    CHECK(fleet.servers.at("srv").couldNotCheck == 4);
    fleet.Add("\xFF.json", ResultOf("", {}));
    fleet.Add("\xFE.json", "x");
    CHECK(Json::parse(JsonOf(fleet))["servers"].size() == 2);
}

TEST_CASE("fleet: members of other kinds than expected do no harm")
{
    Fleet fleet;
    fleet.Add("odd.json", R"({"schema":1,"started":"2026-03-10T12:00:00Z","machine":{"name":7,"windows":[]},
        "checks":[1,null,"x",{},{"id":3},{"id":"a.b","outcome":5},{"id":"a.b","outcome":"problem","level":{}},
        {"id":"new.row","outcome":"problem","level":"error"}]})");
    REQUIRE(fleet.servers.size() == 1);
    const FleetServer& server = fleet.servers.begin()->second;
    CHECK(server.name == "odd.json");
    CHECK(server.errors == std::vector<std::string>{"new.row"});
    CHECK(server.couldNotCheck == 7);
    CHECK(Page("text", fleet).find("new.row") != std::string::npos);
}

TEST_CASE("fleet: deep nesting is refused or read, and does not break the program")
{
    Fleet fleet;
    fleet.Add("deep.json", std::string(2'000'000, '['));
    fleet.Add("deeper.json", std::string(200'000, '[') + std::string(200'000, ']'));
    CHECK(fleet.servers.empty());
    CHECK(fleet.faults.size() == 2);
}

TEST_CASE("fleet: what a server is called is text, never markup")
{
    Fleet fleet;
    fleet.Add("<b>.json", "x");
    fleet.Add("a.json",
        ResultOf("<script>alert(1)</script>|\x1B[2J", {CheckOf("<i>.<u>", "problem", "error"), kService}));
    for (const Language language : {Language::kEnglish, Language::kSpanish})
    {
        std::string html = Page("html", fleet, language);
        CHECK(html.find("<script") == std::string::npos);
        CHECK(html.find("<i>") == std::string::npos);
        CHECK(html.find("<b>") == std::string::npos);
        CHECK(html.find("default-src 'none'") != std::string::npos);
        // Elements without an end are the only thing that XML does not allow.
        for (const std::string_view element : {"<meta ", "<input "})
        {
            for (std::size_t at = html.find(element); at != std::string::npos;
                 at = html.find(element, at + 1))
            {
                html.insert(html.find('>', at), "/");
            }
        }
        html.replace(html.find(" checked/>"), 10, "/>");
        pugi::xml_document document;
        CHECK(document.load_string(html.c_str()));
    }
    for (const DocumentFormat& format : kDocumentFormats)
    {
        CHECK(Page(format, fleet).find('\x1B') == std::string::npos);
    }
    CHECK(Page("markdown", fleet).find("<script") == std::string::npos);
}

TEST_CASE("fleet: a thousand servers are one page with each of them once in the table of each language")
{
    Fleet fleet;
    for (int i = 0; i < 1000; ++i)
    {
        std::vector<Json> checks;
        for (const RootCause* cause : AllRootCauses())
        {
            const bool bad = (static_cast<std::size_t>(i) + cause->id.size()) % 7 == 0;
            checks.push_back(CheckOf(std::string(cause->id), bad ? "problem" : "passed", bad ? "error" : ""));
        }
        fleet.Add(fmt::format("{}.json", i), ResultOf(fmt::format("srv-{:04}", i), checks));
    }
    const std::string html = Page("html", fleet);
    CHECK(fleet.servers.size() == 1000);
    CHECK(Count(html, "<tr>") == 1001 * kLanguages.size());
    CHECK(Count(html, "<details>") == AllRootCauses().size() * kLanguages.size());
    CHECK(Count(html, "<td>srv-0999</td>") == kLanguages.size());
    CHECK(Count(Page("markdown", fleet), "| srv-0999 |") == 1);
}

} // namespace mars::test
