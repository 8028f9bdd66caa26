// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "questions/events.h"
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

TEST_CASE("explain: where nothing is documented the checks, the log and the report are offered")
{
    FakeConsole console(HealthyServer());
    for (const char* language : {"en", "es"})
    {
        const std::string out =
            CallWith(console, {"explain", "--lang", language, "the cat sat on the mat"}).out;
        for (const char* command : {"mars-check run", "mars-check explain --records", "--out report.html"})
        {
            CHECK_MESSAGE(out.find(command) != std::string::npos, out);
        }
    }
}

TEST_CASE("explain: a number of the agent's that is not documented is told by itself, with what to do")
{
    FakeConsole console(HealthyServer());
    const auto match = FirstMatch({"The current operation failed [0x1FBE3]"});
    CHECK(match["error"] == "130019");
    CHECK(match["checks"][0] == "jobs.recent_errors");
    const auto run = CallWith(console, {"explain", "--lang", "es", "[0x1FBE3]"});
    CHECK(run.code == 0);
    CHECK(run.out.find("El error 130019 (0x1FBE3) no está documentado") != std::string::npos);
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
    CHECK(CallWith(console, {"explain", "--format", "json", "-2147024891"}).Json()["matches"][0]["error"]
        == "0x80070005");
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

TEST_CASE("explain: an error for which nothing is wrong on the server has a meaning and no checks")
{
    FakeConsole console(HealthyServer());
    const auto match = FirstMatch({"810001"});
    CHECK(match["checks"].empty());
    CHECK(match["section"] == "jobs");
    CHECK(CallWith(console, {"explain", "810001"}).out.find("Stop the protection") != std::string::npos);
}

TEST_CASE("explain: the likeliest cause comes first")
{
    CHECK(FirstMatch({"34513"})["checks"][0] == "credentials.file_expired");
    CHECK(FirstMatch({"34506"})["checks"][0] == "encryption.key_file_missing");
}

TEST_CASE("explain: the row that is about just that comes first")
{
    for (const auto& [what, id] : std::initializer_list<std::pair<const char*, const char*>>{
             {"100157", "jobs.system_state_prerequisites"}, {"100208", "jobs.system_state_prerequisites"},
             {"0x80780049", "jobs.system_state_prerequisites"},
             {"SSJobFailedOnWSB", "jobs.system_state_prerequisites"},
             {"The system state backup fails", "jobs.system_state_prerequisites"},
             {"The backup is slow", "jobs.backup_slow"}, {"1603", "basics.installation_failed"},
             {"cbengine.exe stops working", "basics.engine_crashes"},
             {"Backup jobs are not shown in the portal", "basics.management_service_stopped"},
             {"Unregister a server from the vault", "basics.server_removal"},
             {"Lost passphrase", "encryption.passphrase_lost"}})
    {
        CHECK_MESSAGE(FirstMatch({what})["checks"][0] == id, what);
    }
}

TEST_CASE("explain: --records reads what the server itself wrote down")
{
    RecordedMachine server = HealthyServer();
    const ReadEvents events{"CloudBackup", {3, 10, 11, 14, 16, 18}};
    server.Set(events, EventList{});
    server.Set(ReadEvents{"CloudBackup/Operational", events.ids}, Absent{});
    FakeConsole console(server);
    auto run = CallWith(console, {"explain", "--records", "--format", "json"});
    CHECK(run.code == 1);
    CHECK(run.Json() == nlohmann::ordered_json{{"schema", 1}, {"matches", nlohmann::ordered_json::array()}});
    CHECK(CallWith(console, {"explain", "--records"}).out.find("no documented error") != std::string::npos);

    server.Set(events, EventList{{{11, kNow}}});
    FakeConsole failing(server);
    run = CallWith(failing, {"explain", "--records", "--format", "json"});
    CHECK(run.code == 0);
    CHECK(run.Json()["matches"][0]["source"] == "events");
    run = CallWith(failing, {"explain", "--records", "--lang", "es"});
    CHECK(run.code == 0);
    CHECK(run.out.find("Una copia de seguridad produjo un error") != std::string::npos);

    AddRecording(console, "failing.xml", server);
    console.windows = false;
    CHECK(CallWith(console, {"explain", "--records", "--machine", "failing.xml"}).code == 0);
    CheckRefused(CallWith(console, {"explain", "--records"}), "--machine");
    CheckRefused(CallWith(console, {"explain", "--records", "34513"}), "34513");
    CheckRefused(CallWith(console, {"explain", "34513", "--machine", "failing.xml"}), "--machine");
}

TEST_CASE("run: its text tells what the server itself wrote down, unless single checks were asked for")
{
    FakeConsole console(HealthyServer());
    CHECK(Call(console, "run").out.find("What this server's own records say") != std::string::npos);
    CHECK(Call(console, "run --check B-3").out.find("own records say") == std::string::npos);
    CHECK_FALSE(Call(console, "run --format json").Json().contains("records"));
}

TEST_CASE("explain: it needs no Windows")
{
    FakeConsole console(HealthyServer());
    console.windows = false;
    CHECK(CallWith(console, {"explain", "34513"}).code == 0);
    CHECK(CallWith(console, {"explain", "34513"}).out.find("V-1") != std::string::npos);
}

TEST_CASE("explain: the code at the end of a whole run says what was found, to who hears it")
{
    FakeConsole console(ServerWithDisabledService());
    const auto run = Call(console, "run --offline");
    const std::string label = "For the telephone: ";
    const std::size_t at = run.out.find(label);
    REQUIRE(at != std::string::npos);
    const std::string code(Trim(run.out.substr(at + label.size())));
    const auto text = CallWith(console, {"explain", code});
    CHECK(text.code == 0);
    CHECK(text.out.find("Error  B-3  ") != std::string::npos);
    const auto json = CallWith(console, {"explain", code, "--format", "json"}).Json();
    CHECK(json["matches"][0]["checks"][0] == "basics.service_stopped");
    CHECK(json["matches"][0]["level"] == "error");
    std::string wrong = code;
    wrong.back() = wrong.back() == '0' ? '1' : '0';
    CheckRefused(CallWith(console, {"explain", wrong}), "read out again");
    CHECK(Call(console, "run --check B-3").out.find(label) == std::string::npos);
}

} // namespace mars::test
