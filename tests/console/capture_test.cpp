// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "recording.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

/// Everything of a run that is not its time.
nlohmann::ordered_json Judged(nlohmann::ordered_json run)
{
    for (auto& check : run["checks"])
    {
        check.erase("duration_ms");
    }
    return run["checks"];
}

} // namespace

TEST_CASE("capture: the recording is redacted, and the key to it is a file beside it")
{
    FakeConsole console(ServerWithDisabledService());
    const auto run = Call(console, "capture --out server.xml --format json");
    CHECK(run.code == 0);
    const auto object = run.Json();
    CHECK(object["file"] == "server.xml");
    CHECK(object["names_file"] == "server.xml.names.xml");
    CHECK(object["redacted"] == true);
    CHECK(object["bytes"] == console.files.at("server.xml").size());
    CHECK(object["questions"].get<int>() > 0);
    CHECK(object["removed"]["computer"] == 1);
    for (const char* name : {"FILESRV07", "maria.lopez", "ContosoVault", "contoso.example"})
    {
        CHECK_MESSAGE(console.files.at("server.xml").find(name) == std::string::npos, name);
        CHECK_MESSAGE(console.files.at("server.xml.names.xml").find(name) != std::string::npos, name);
    }
}

TEST_CASE("capture: a run and a plan on the recording say what they said on the server")
{
    FakeConsole console(ServerWithDisabledService());
    CHECK(Call(console, "capture --out server.xml --no-redact").code == 0);
    const auto live = Call(console, "run --format json");
    const auto recorded = Call(console, "run --format json --machine server.xml");
    CHECK(Judged(recorded.Json()) == Judged(live.Json()));
    CHECK(recorded.Json()["facts"] == live.Json()["facts"]);
    CHECK(recorded.Json()["machine"] == live.Json()["machine"]);
    CHECK(recorded.code == live.code);
    CHECK(Call(console, "explain --records --format json --machine server.xml").out
        == Call(console, "explain --records --format json").out);
    CHECK(Call(console, "repair B-3 --machine server.xml --format json").out
        == Call(console, "repair B-3 --format json").out);
}

TEST_CASE("capture: a redacted recording gives the same outcomes")
{
    FakeConsole console(ServerWithDisabledService());
    CHECK(Call(console, "capture --out server.xml").code == 0);
    const auto live = Call(console, "run --format json").Json();
    const auto recorded = Call(console, "run --format json --machine server.xml").Json();
    REQUIRE(recorded["checks"].size() == live["checks"].size());
    for (std::size_t i = 0; i < live["checks"].size(); ++i)
    {
        CHECK_MESSAGE(
            recorded["checks"][i]["outcome"] == live["checks"][i]["outcome"], live["checks"][i]["id"]);
    }
}

TEST_CASE("capture: --no-redact leaves the names, and no key is needed")
{
    FakeConsole console(HealthyServer());
    const auto object = Call(console, "capture --out server.xml --no-redact --format json").Json();
    CHECK(object["redacted"] == false);
    CHECK(!object.contains("names_file"));
    CHECK(object["removed"].empty());
    CHECK(console.files.size() == 1);
    CHECK(console.files.at("server.xml").find("FILESRV07") != std::string::npos);
}

TEST_CASE("capture: what was given is part of the recording")
{
    FakeConsole console(ServerWithoutRecentSuccess());
    CHECK(Call(console, "capture --out server.xml --data-size 4001 --cloud china").code == 0);
    CHECK(Call(console, "run --check B-4 --machine server.xml").code == 1);
    CHECK(console.files.at("server.xml").find("<cloud>china</cloud>") != std::string::npos);
}

TEST_CASE(
    "capture: the agent's own proxy is given once, and a redacted recording goes by it under another name")
{
    FakeConsole console(HealthyServer());
    const std::string command = "capture --agent-proxy proxy.contoso.example:8080 --out ";
    CHECK(Call(console, command + "named.xml --no-redact").code == 0);
    CHECK(console.files.at("named.xml").find("<agent_proxy>proxy.contoso.example:8080</agent_proxy>")
        != std::string::npos);
    CHECK(Call(console, command + "server.xml").code == 0);
    const std::string& redacted = console.files.at("server.xml");
    CHECK(redacted.find("<agent_proxy>") != std::string::npos);
    CHECK(redacted.find("contoso") == std::string::npos);
    CHECK(Call(console, command + "offline.xml --offline").code == 0);
    CHECK(console.files.at("offline.xml").find("contoso") == std::string::npos);
}

TEST_CASE("capture: a recording that cannot be written leaves no key behind")
{
    FakeConsole console(HealthyServer());
    console.refusedFile = "server.xml";
    CheckRefused(Call(console, "capture --out server.xml"), "server.xml");
    CHECK(console.files.empty());
}

TEST_CASE("capture: wrong usage and a file that cannot be written are refused")
{
    FakeConsole console(HealthyServer());
    CheckRefused(Call(console, "capture"), "--out");
    CheckRefused(Call(console, "capture --out new.xml --machine old.xml"), "--machine");
    console.diskFull = true;
    CheckRefused(Call(console, "capture --out server.xml"), "server.xml");
    console.windows = false;
    CheckRefused(Call(console, "capture --out server.xml"), "Windows");
}

} // namespace mars::test
