// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "questions/computer.h"
#include "questions/services.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

StartType StartTypeOf(const FakeConsole& console)
{
    return console.machine->Ask(QueryService{"obengine"}, Wait{})->startType;
}

/// A server on which B-3 was repaired.
FakeConsole RepairedServer()
{
    FakeConsole console(ServerWithDisabledService());
    REQUIRE(Call(console, "repair B-3 --yes").code == 0);
    return console;
}

std::string EntryOf(const FakeConsole& console)
{
    return console.journal->files.begin()->first;
}

} // namespace

TEST_CASE("undo: without --yes the entries are printed and nothing changes")
{
    FakeConsole console = RepairedServer();
    for (const std::string& arguments : {std::string("undo"), std::string("undo --list"),
             std::string("undo B-3"), "undo " + EntryOf(console), std::string("undo --all")})
    {
        const auto run = Call(console, arguments + " --format json");
        CHECK_MESSAGE(run.code == 0, arguments);
        const auto object = run.Json();
        REQUIRE_MESSAGE(object["entries"].size() == 1, arguments);
        CHECK(object["entries"][0]["journal"] == EntryOf(console));
        CHECK(object["entries"][0]["id"] == "basics.service_stopped");
        CHECK(object["entries"][0]["state"] == "applied");
        CHECK(object["entries"][0]["status"] == "undoable");
    }
    CHECK(StartTypeOf(console) == StartType::kAutomatic);
}

TEST_CASE("undo: with --yes settings are as before, by id, by entry and with --all")
{
    for (const bool byEntry : {false, true})
    {
        FakeConsole console = RepairedServer();
        const auto run =
            Call(console, "undo --yes --format json " + (byEntry ? EntryOf(console) : std::string("B-3")));
        CHECK(run.code == 0);
        CHECK(run.Json()["entries"][0]["status"] == "undone");
        CHECK(StartTypeOf(console) == StartType::kDisabled);
    }
    FakeConsole console = RepairedServer();
    CHECK(Call(console, "undo --all --yes").code == 0);
    CHECK(StartTypeOf(console) == StartType::kDisabled);
}

TEST_CASE("undo: 0 when there is nothing to undo")
{
    FakeConsole fresh(HealthyServer());
    CHECK(Call(fresh, "undo --format json").Json()["entries"].empty());
    CHECK(Call(fresh, "undo --all --yes").code == 0);
    CHECK(Call(fresh, "undo B-3 --yes").code == 0);
    FakeConsole console = RepairedServer();
    CHECK(Call(console, "undo --all --yes").code == 0);
    CHECK(Call(console, "undo --all --yes").code == 0);
    CHECK(Call(console, "undo B-3 --yes").code == 0);
}

TEST_CASE("undo: 2 when somebody changed the setting since, and it stays as it is")
{
    FakeConsole console = RepairedServer();
    Edit(*console.machine, QueryService{"obengine"},
        [](ServiceStatus& service) { service.startType = StartType::kManual; });
    const auto run = Call(console, "undo B-3 --yes --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["entries"][0]["status"] == "changed_since");
    CHECK(StartTypeOf(console) == StartType::kManual);
}

TEST_CASE("undo: 2 without administrator rights, and the message says so")
{
    FakeConsole console = RepairedServer();
    Edit(*console.machine, ReadContext{}, [](ProcessContext& context) { context.elevated = false; });
    const auto run = Call(console, "undo --all --yes --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["entries"][0]["status"] == "undoable");
    CHECK(run.err.find("administrator") != std::string::npos);
    CHECK(StartTypeOf(console) == StartType::kAutomatic);
}

TEST_CASE("undo: an interrupted repair is rolled back")
{
    FakeConsole console = RepairedServer();
    auto& entry = console.journal->files.begin()->second;
    entry.resize(entry.rfind("end"));
    CHECK(Call(console, "undo --format json").Json()["entries"][0]["state"] == "interrupted");
    CHECK(Call(console, "undo --all --yes").code == 0);
    CHECK(StartTypeOf(console) == StartType::kDisabled);
}

TEST_CASE("undo: a folder that File Explorer opened is closed again, and what it held is only shown")
{
    FakeConsole console = RepairedServer();
    console.journal->prepared = Failure{kFolderOpened, "S-1-5-21-1-2-3-1001 may write to it"};
    for (const char* refused : {"undo --all --yes", "undo", "repair B-3 --yes"})
    {
        const auto run = Call(console, refused);
        CHECK_MESSAGE(run.code != 3, refused);
    }
    CHECK(Call(console, "undo").err.find("--close-folder") != std::string::npos);

    const auto shown = Call(console, "undo --close-folder --format json");
    CHECK(shown.code == 0);
    CHECK(shown.Json()["entries"].empty());
    CHECK(shown.err.find("SYSTEM") != std::string::npos);
    CHECK_FALSE(console.journal->prepared.Ok());

    const auto closed = Call(console, "undo --close-folder --yes --format json");
    CHECK(closed.code == 0);
    REQUIRE(closed.Json()["entries"].size() == 1);
    CHECK(closed.Json()["entries"][0]["status"] == "failed");
    CHECK(console.journal->prepared.Ok());
    CHECK(Call(console, "undo --all --yes").code == 2);
    CHECK(StartTypeOf(console) == StartType::kAutomatic);
}

TEST_CASE("undo: without administrator rights the folder stays as it is")
{
    FakeConsole console = RepairedServer();
    console.journal->prepared = Failure{kFolderOpened, "S-1-5-21-1-2-3-1001 may write to it"};
    Edit(*console.machine, ReadContext{}, [](ProcessContext& context) { context.elevated = false; });
    CHECK(Call(console, "undo --close-folder --yes").code == 2);
    CHECK_FALSE(console.journal->prepared.Ok());
}

TEST_CASE("undo: wrong usage is refused")
{
    FakeConsole console = RepairedServer();
    CheckRefused(Call(console, "undo no.such_check"), "no.such_check");
    CheckRefused(Call(console, "undo --yes"), "--all");
    CheckRefused(Call(console, "undo B-3 --all"), "--all");
    CheckRefused(Call(console, "undo --list --all --yes"), "--list");
    CheckRefused(Call(console, "undo --machine recording.xml"), "--machine");
    console.windows = false;
    CheckRefused(Call(console, "undo"), "Windows");
}

TEST_CASE("undo: closing the folder takes nothing back, so it goes with no entry")
{
    FakeConsole console = RepairedServer();
    for (const char* arguments :
        {"undo --close-folder --all", "undo --close-folder --list", "undo --close-folder B-3"})
    {
        CheckRefused(Call(console, arguments), "contradict");
    }
}

TEST_CASE("undo: the text says what was made, by whom, and what undoing changes")
{
    FakeConsole console = RepairedServer();
    const std::string text = Call(console, "undo").out;
    CHECK(text.find("maria.lopez") != std::string::npos);
    CHECK(text.find("Set the start type of the service obengine: automatic becomes disabled.")
        != std::string::npos);
}

} // namespace mars::test
