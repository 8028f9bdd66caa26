// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "console_support.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

TEST_CASE("list: every check once, in the order of the catalogue, on any computer")
{
    FakeConsole console(HealthyServer());
    console.windows = false;
    const auto run = Call(console, "list --format json");
    CHECK(run.code == 0);
    const auto object = run.Json();
    REQUIRE(object["checks"].size() == AllRootCauses().size());
    for (std::size_t i = 0; i < AllRootCauses().size(); ++i)
    {
        CHECK(object["checks"][i]["id"] == AllRootCauses()[i]->id);
        CHECK(object["checks"][i]["code"] == AllRootCauses()[i]->code);
    }
}

TEST_CASE("list: reversible only for automatic repairs that are not marked irreversible")
{
    FakeConsole console(HealthyServer());
    const auto object = Call(console, "list --format json").Json();
    for (const auto& check : object["checks"])
    {
        const RootCause* cause = FindRootCause(check["id"].get<std::string>());
        const bool reversible = check["repair"] == "one_click" && cause->reversible;
        CHECK_MESSAGE(check["reversible"] == reversible, check.dump());
    }
    const auto find = [&](const char* id) {
        return *std::find_if(object["checks"].begin(), object["checks"].end(),
            [&](const auto& check) { return check["id"] == id; });
    };
    CHECK(find("basics.service_stopped")["reversible"] == true);
    CHECK(find("credentials.temp_folder_full")["reversible"] == false);
    CHECK(find("basics.agent_missing")["reversible"] == false);
}

TEST_CASE("list: titles are in the chosen language")
{
    FakeConsole console(HealthyServer());
    const auto english = Call(console, "list --format json --lang en").Json();
    const auto spanish = Call(console, "list --format json --lang es").Json();
    CHECK(english["checks"][0]["title"] != spanish["checks"][0]["title"]);
    CHECK(english["reasons"] == spanish["reasons"]);
}

TEST_CASE("list: it has no other format than text and JSON")
{
    FakeConsole console(HealthyServer());
    CheckRefused(Call(console, "list --format html"), "html");
    CheckRefused(Call(console, "list --format markdown"), "markdown");
    CHECK(Call(console, "list").out.find("basics.service_stopped") != std::string::npos);
}

} // namespace mars::test
