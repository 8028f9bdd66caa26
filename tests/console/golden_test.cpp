// SPDX-License-Identifier: MIT
#include "console_support.h"
#include "questions/files.h"
#include "questions/services.h"
#include "source_folder.h"
#include "test_support.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

/// The JSON of every command, key by key, against files in golden/. MARS_UPDATE_GOLDEN=1 writes them anew;
/// what has changed then is a change of the console contract.
namespace mars::test
{

namespace
{

/// The one place where what differs from run to run, or from version to version, is made equal.
nlohmann::ordered_json Masked(nlohmann::ordered_json object)
{
    if (object.contains("tool"))
    {
        object["tool"]["version"] = "0.0.0";
        object["started"] = "2000-01-01T00:00:00Z";
        object["duration_ms"] = 0;
        for (auto& check : object["checks"])
        {
            CHECK(check["duration_ms"].is_number_unsigned());
            check["duration_ms"] = 0;
        }
    }
    if (object.contains("questions"))
    {
        // Grow with every root cause.
        object["bytes"] = 0;
        object["questions"] = 0;
    }
    return object;
}

std::string GoldenPath(const std::string& name)
{
    return std::string(MARS_SOURCE_FOLDER) + "/tests/console/golden/" + name + ".json";
}

void CheckGolden(const std::string& name, const nlohmann::ordered_json& object)
{
    const std::string text = Masked(object).dump(2) + "\n";
    if (std::getenv("MARS_UPDATE_GOLDEN") != nullptr)
    {
        std::ofstream(GoldenPath(name), std::ios::binary) << text;
    }
    std::ifstream file(GoldenPath(name), std::ios::binary);
    std::ostringstream golden;
    golden << file.rdbuf();
    CHECK_MESSAGE(text == golden.str(), name);
}

} // namespace

TEST_CASE("golden: run")
{
    RecordedMachine machine = ServerWithDisabledService();
    machine.Set(ReadFileVersion{std::string(kInstallPath) + "bin\\cbengine.exe"},
        Failure{code::kAccessDenied, "GetFileVersionInfo"});
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    FakeConsole console(machine);
    const auto run =
        Call(console, "run --check B-1 --check B-2 --check B-3 --check B-4 --check V-1 --format json");
    CHECK(run.code == 1);
    CheckGolden("run", run.Json());
}

TEST_CASE("golden: run in Spanish")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{"obengine"}, Failure{code::kTimeout, "OpenService"});
    FakeConsole console(machine);
    CheckGolden("run_es", Call(console, "run --check B-3 --format json --lang es").Json());
}

TEST_CASE("golden: list")
{
    FakeConsole console(HealthyServer());
    auto object = Call(console, "list --format json").Json();
    // A few rows stand for all, so that a new root cause does not need a new file.
    const std::set<std::string> shown{
        "basics.agent_missing", "basics.service_stopped", "credentials.temp_folder_full"};
    auto& checks = object["checks"];
    checks.erase(
        std::remove_if(checks.begin(), checks.end(),
            [&](const auto& check) { return !shown.contains(check["id"].template get<std::string>()); }),
        checks.end());
    CheckGolden("list", object);
}

TEST_CASE("golden: explain")
{
    FakeConsole console(HealthyServer());
    CheckGolden("explain", CallWith(console, {"explain", "--format", "json", "B-3"}).Json());
    CheckGolden("explain_nothing",
        CallWith(console, {"explain", "--format", "json", "the cat sat on the mat"}).Json());
}

TEST_CASE("golden: repair")
{
    FakeConsole console(ServerWithDisabledService());
    CheckGolden("repair_planned", Call(console, "repair B-3 --format json").Json());
    CheckGolden("repair_applied", Call(console, "repair B-3 --yes --format json").Json());
    CheckGolden("repair_nothing_to_do", Call(console, "repair B-3 --yes --format json").Json());
    FakeConsole unlucky(ServerWithDisabledService());
    unlucky.fate->Spoil(Fate::Kind::kFail, 6);
    CheckGolden("repair_rolled_back", Call(unlucky, "repair B-3 --yes --format json").Json());
}

TEST_CASE("golden: undo")
{
    FakeConsole console(ServerWithDisabledService());
    CHECK(Call(console, "repair B-3 --yes").code == 0);
    CheckGolden("undo_listed", Call(console, "undo --format json").Json());
    CheckGolden("undo_done", Call(console, "undo --all --yes --format json").Json());
}

TEST_CASE("golden: capture")
{
    FakeConsole console(HealthyServer());
    auto object = Call(console, "capture --out server.xml --format json").Json();
    // The kinds are the contract, their number is not.
    for (auto& [kind, count] : object["removed"].items())
    {
        count = 1;
    }
    CheckGolden("capture", object);
    CheckGolden(
        "capture_not_redacted", Call(console, "capture --out server.xml --no-redact --format json").Json());
}

} // namespace mars::test
