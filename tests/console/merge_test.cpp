// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

/// The result of a real run on `server`.
std::string ResultOf(const RecordedMachine& server, const std::string& checks)
{
    FakeConsole console(server);
    return Call(console, "run --format json " + checks).out;
}

std::string Renamed(std::string result, const std::string& name)
{
    const std::string before = "FILESRV07";
    return result.replace(result.find(before), before.size(), name);
}

} // namespace

TEST_CASE("merge: results of runs become one page, and the exit code says the worst of them")
{
    FakeConsole console(HealthyServer());
    console.files["out\\good.json"] = ResultOf(HealthyServer(), "--check B-3");
    const auto good = Call(console, "merge out\\good.json --format json");
    CHECK(good.code == 0);
    CHECK(good.Json()["servers"].size() == 1);
    console.files["out\\bad.json"] = Renamed(ResultOf(ServerWithDisabledService(), "--check B-3"), "SRV2");
    const auto bad = Call(console, "merge out\\*.JSON --format json");
    CHECK(bad.code == 1);
    CHECK(bad.Json()["servers"].size() == 2);
    CHECK(bad.Json()["servers"][0]["name"] == "SRV2");
    CHECK(bad.Json()["causes"][0]["code"] == "B-3");
}

TEST_CASE("merge: a file that is missing, or no file for a pattern, is named and ends with 2")
{
    FakeConsole console(HealthyServer());
    console.files["good.json"] = ResultOf(HealthyServer(), "--check B-3");
    for (const char* name : {"missing.json", "out\\*.json"})
    {
        const auto run = Call(console, std::string("merge good.json ") + name);
        CHECK(run.code == 2);
        CHECK(run.out.find(name) != std::string::npos);
    }
}

TEST_CASE("merge: a page in a file leaves stdout empty, and a file that cannot be written is said")
{
    FakeConsole console(HealthyServer());
    console.files["good.json"] = ResultOf(HealthyServer(), "--check B-3");
    const auto run = Call(console, "merge good.json --format html --out all.html --lang es");
    CHECK(run.code == 0);
    CHECK(run.out.empty());
    CHECK(console.files["all.html"].find("<html lang=\"es\">") != std::string::npos);
    CHECK(Call(console, "merge *.json --format json --out all.json").code == 0);
    CHECK(Call(console, "merge *.json --format json --out ALL.json").code == 0);
    console.diskFull = true;
    CheckRefused(Call(console, "merge good.json --out all.html"), "all.html");
}

TEST_CASE("merge: it needs files, and works where there is no Windows")
{
    FakeConsole console(HealthyServer());
    console.windows = false;
    CheckRefused(Call(console, "merge"), "FILE");
    console.files["good.json"] = ResultOf(HealthyServer(), "--check B-3");
    CHECK(Call(console, "merge good.json --format markdown").code == 0);
}

} // namespace mars::test
