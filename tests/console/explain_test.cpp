// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "test_support.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace mars::test
{

namespace
{

nlohmann::ordered_json FirstMatch(const std::vector<std::string>& what)
{
    FakeConsole console(HealthyServer());
    std::vector<std::string> arguments{"explain", "--format", "json"};
    arguments.insert(arguments.end(), what.begin(), what.end());
    const auto run = CallWith(console, arguments);
    CHECK(run.code == 0);
    const auto object = run.Json();
    REQUIRE_MESSAGE(!object["matches"].empty(), what.front());
    return object["matches"][0];
}

bool Names(const nlohmann::ordered_json& match, const std::string& id)
{
    return std::find(match["checks"].begin(), match["checks"].end(), id) != match["checks"].end();
}

} // namespace

TEST_CASE("explain: an id and a step code mean their check")
{
    for (const char* what : {"basics.service_stopped", "B-3", "b-3"})
    {
        const auto match = FirstMatch({what});
        CHECK(match["checks"] == nlohmann::ordered_json::array({"basics.service_stopped"}));
        CHECK(match["section"] == "basics");
        CHECK(match["score"] == 1.0);
        CHECK(!match.contains("error"));
    }
}

TEST_CASE("explain: an error number counts in any spelling")
{
    for (const char* what : {"34513", "0x86D1", "0X86d1", "0x000086D1", "86D1", "34,513", "Id.: 34513",
             "(ID: 34513)", "error 34513", "Se produjo un error (Id.: 34513)."})
    {
        const auto match = FirstMatch({what});
        CHECK_MESSAGE(match["error"] == "34513", what);
        CHECK_MESSAGE(match["score"] == 1.0, what);
        CHECK_MESSAGE(Names(match, "credentials.file_expired"), what);
    }
}

TEST_CASE("explain: a text without quotation marks is taken as one")
{
    CHECK(FirstMatch({"Error", "ID:", "34513"})["error"] == "34513");
}

TEST_CASE("explain: a documented message is found, whole, cut and inside a log")
{
    const std::string message =
        "Invalid vault credentials provided. The file is either corrupted or does not have the "
        "latest credentials associated with recovery service.";
    for (const std::string& what :
        {message, std::string("invalid VAULT credentials provided: file corrupted"),
            "2026-03-10 12:00:00 WARNING Failed with: " + message
                + " Retrying in 30 seconds, attempt 2 of 5."})
    {
        CHECK_MESSAGE(Names(FirstMatch({what}), "credentials.file_expired"), what);
    }
}

TEST_CASE("explain: nothing documented is no match, and the exit code says so")
{
    FakeConsole console(HealthyServer());
    for (const char* what : {"the cat sat on the mat", "4294967295", "99999999999999999999", "backup", "0x",
             "--run", "the backup of the server did not work"})
    {
        const auto run = CallWith(console, {"explain", "--format", "json", "--", what});
        CHECK_MESSAGE(run.code == 1, what);
        CHECK_MESSAGE(run.Json()["matches"].empty(), run.out);
    }
}

TEST_CASE("explain: a small number inside a text is no error")
{
    FakeConsole console(HealthyServer());
    CHECK(CallWith(console, {"explain", "copied 407 files in 403 seconds"}).code == 1);
}

TEST_CASE("explain: a negative number is an HRESULT, not an option")
{
    FakeConsole console(HealthyServer());
    // 0x80070005 and 0x8007000E; only the first is documented.
    CHECK(CallWith(console, {"explain", "-2147024891"}).code == 0);
    CHECK(CallWith(console, {"explain", "-2147024882"}).code == 1);
    CheckRefused(CallWith(console, {"explain", "--bogus"}), "--bogus");
    CheckRefused(CallWith(console, {"explain"}), "explain");
    CheckRefused(CallWith(console, {"explain", " "}), "explain");
}

TEST_CASE("explain: matches come best first, with scores between 0 and 1")
{
    FakeConsole console(HealthyServer());
    const auto run =
        CallWith(console, {"explain", "--format", "json", "Invalid vault credentials provided (ID: 34513)"});
    const auto object = run.Json();
    CHECK(!object["matches"].empty());
    double last = 1.0;
    for (const auto& match : object["matches"])
    {
        CHECK(match["score"].get<double>() <= last);
        CHECK(match["score"].get<double>() > 0);
        last = match["score"].get<double>();
    }
}

TEST_CASE("explain: it needs no Windows")
{
    FakeConsole console(HealthyServer());
    console.windows = false;
    CHECK(CallWith(console, {"explain", "34513"}).code == 0);
    CHECK(CallWith(console, {"explain", "34513"}).out.find("V-1") != std::string::npos);
}

} // namespace mars::test
