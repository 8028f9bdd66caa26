// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "console_support.h"
#include "given.h"
#include "questions/credentials.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "recording.h"
#include "test_support.h"
#include "xml_codec.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace mars::test
{

namespace
{

std::vector<std::string> IdsOf(const ConsoleRun& run)
{
    std::vector<std::string> ids;
    const auto object = run.Json();
    for (const auto& check : object["checks"])
    {
        ids.push_back(check["id"]);
    }
    return ids;
}

/// A machine where one service query is denied.
RecordedMachine ServerThatHidesItsService()
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{"obengine"}, Failure{code::kAccessDenied, "OpenService"});
    return machine;
}

/// The scratch folder was moved to E:, both values name it, and the service is stopped.
RecordedMachine ServerInTheMiddleOfAMove()
{
    RecordedMachine machine = HealthyServer();
    const std::string moved = "E:\\MARS\\Scratch";
    FileInfo folder;
    folder.attributes = file_attribute::kDirectory;
    folder.created = kNow - std::chrono::hours(1);
    machine.Set(ReadFileInfo{moved}, folder);
    FileInfo key;
    key.bytes = 800;
    machine.Set(ReadFileInfo{moved + "\\OnlineBackup.KEK"}, key);
    const auto content = machine.Ask(SurveyFolder{kScratch}, Wait{});
    REQUIRE(content);
    machine.Set(SurveyFolder{moved}, *content);
    const auto volume = machine.Ask(ReadVolume{"E:\\"}, Wait{});
    REQUIRE(volume);
    machine.Set(ReadVolume{moved}, *volume);
    for (const char* below : {"\\Config", "\\Config\\CloudBackupProvider"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + below, "ScratchLocation"}},
            RegistryValue::String(moved));
    }
    Edit(machine, QueryService{"obengine"}, [](ServiceStatus& service) {
        service.state = ServiceState::kStopped;
        service.processStarted.reset();
    });
    return machine;
}

} // namespace

TEST_CASE("run: 0 when nothing is wrong")
{
    FakeConsole console(HealthyServer());
    CHECK(Call(console, "run --check B-1 --check B-3").code == 0);
}

TEST_CASE("run: 1 for a problem of level error")
{
    FakeConsole console(ServerWithDisabledService());
    CHECK(Call(console, "run --check B-3").code == 1);
}

TEST_CASE("run: 1 for a problem of level warning")
{
    FakeConsole console(ServerWithExpiringCredentials());
    const auto run = Call(console, "run --check V-1 --format json");
    CHECK(run.Json()["checks"][0]["level"] == "warning");
    CHECK(run.code == 1);
}

TEST_CASE("run: 2 for something that could not be checked")
{
    FakeConsole console(ServerThatHidesItsService());
    CHECK(Call(console, "run --check B-1 --check B-3").code == 2);
}

TEST_CASE("run: a problem counts more than what could not be checked")
{
    RecordedMachine machine = ServerWithExpiringCredentials();
    machine.Set(QueryService{"obengine"}, Failure{code::kAccessDenied, "OpenService"});
    FakeConsole console(machine);
    CHECK(Call(console, "run --check B-3 --check V-1").code == 1);
}

TEST_CASE("run: advice and not applicable do not count")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVolume{kScratch},
        [](VolumeInfo& volume) { volume.freeBytes = volume.totalBytes / 100 * 4; });
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    FakeConsole console(machine);
    const auto run = Call(console, "run --check B-4 --check V-1 --format json");
    CHECK(run.Json()["checks"][0]["level"] == "advice");
    CHECK(run.Json()["checks"][1]["outcome"] == "not_applicable");
    CHECK(run.Json()["checks"][1]["reason"] == "no_credentials_file");
    CHECK(run.code == 0);
}

TEST_CASE("run: steps that were begun are shown although the check passed, with their states")
{
    FakeConsole console(ServerInTheMiddleOfAMove());
    const auto text = Call(console, "run --check B-4");
    CHECK(text.code == 0);
    CHECK(text.out.find("What was begun and is not finished\n") != std::string::npos);
    CHECK(text.out.find("Done: Stop the service") != std::string::npos);
    CHECK(text.out.find("Next: Start the service") != std::string::npos);
    CHECK(text.out.find("Not yet: Run a backup") != std::string::npos);
    CHECK(text.out.find("To go back") != std::string::npos);
    CHECK(Call(console, "run --check B-4 --lang es").out.find("Siguiente: Vuelva a") != std::string::npos);
    const auto json = Call(console, "run --check E-4 --format json");
    CHECK(json.Json()["checks"][0]["facts"]["step_values"] == "done");
    CHECK(json.Json()["checks"][0]["facts"]["step_started"] == "open");
    CHECK(json.Json()["checks"][0]["facts"]["can_go_back"] == "yes");
    const auto repair = Call(console, "repair B-4");
    CHECK(repair.code == 0);
    CHECK(repair.out.find("Next: Start the service") != std::string::npos);
    FakeConsole healthy(HealthyServer());
    CHECK(Call(healthy, "run --check B-4").out.find("What was begun") == std::string::npos);
}

TEST_CASE("run: without a selector every check runs, in the order of the catalogue")
{
    FakeConsole console(HealthyServer());
    const auto ids = IdsOf(Call(console, "run --format json"));
    REQUIRE(ids.size() == AllRootCauses().size());
    for (std::size_t i = 0; i < ids.size(); ++i)
    {
        CHECK(ids[i] == AllRootCauses()[i]->id);
    }
}

TEST_CASE("run: selectors are a union in catalogue order, each id once")
{
    FakeConsole console(HealthyServer());
    const auto ids = IdsOf(Call(console,
        "run --check R-5 --check V-1 --check credentials.file_expired --section restore "
        "--check B-3 --format json"));
    std::vector<std::string> wanted{"basics.service_stopped", "credentials.file_expired"};
    for (const RootCause* cause : FindSection("restore")->rootCauses)
    {
        wanted.emplace_back(cause->id);
    }
    CHECK(ids == wanted);
}

TEST_CASE("run: a section runs its own ids, not the rows that its page borrows")
{
    FakeConsole console(HealthyServer());
    for (const std::string& id : IdsOf(Call(console, "run --section restore --format json")))
    {
        CHECK(id.starts_with("restore."));
    }
}

TEST_CASE("run: the code of a borrowed row leads to the id that it shows")
{
    FakeConsole console(HealthyServer());
    CHECK(IdsOf(Call(console, "run --check R-2 --format json"))
        == std::vector<std::string>{"basics.agent_outdated"});
}

TEST_CASE("run: a symptom selects the checks that answer it")
{
    FakeConsole console(HealthyServer());
    const auto run = CallWith(console, {"run", "--symptom", "Error 34513", "--format", "json"});
    const auto ids = IdsOf(run);
    CHECK(std::ranges::count(ids, "credentials.file_expired") == 1);
    CHECK(ids.size() < AllRootCauses().size());
}

TEST_CASE("run: a symptom may be named by its id or in words")
{
    FakeConsole console(HealthyServer());
    const auto byId = IdsOf(Call(console, "run --symptom schedule_does_not_run --format json"));
    CHECK(std::ranges::count(byId, "scheduling.trigger_disabled") == 1);
    CHECK(byId.size() < AllRootCauses().size());
    CHECK(IdsOf(CallWith(console,
                    {"run", "--symptom", "Scheduled backups do not run, but a backup by hand works",
                        "--format", "json"}))
              .size()
        >= byId.size());
}

TEST_CASE("run: an error that has no checks of its own selects its page")
{
    FakeConsole console(HealthyServer());
    const auto ids = IdsOf(Call(console, "run --symptom CBPMaxParallelBackupJobsReached --format json"));
    CHECK(!ids.empty());
    CHECK(std::ranges::all_of(ids, [](const std::string& id) { return id.starts_with("scheduling."); }));
}

TEST_CASE("run: what is unknown is refused, with nothing on stdout")
{
    FakeConsole console(HealthyServer());
    CheckRefused(Call(console, "run --check no.such_check"), "no.such_check");
    CheckRefused(Call(console, "run --section nowhere"), "nowhere");
    CheckRefused(CallWith(console, {"run", "--symptom", "the cat sat on the mat"}), "the cat sat on the mat");
    CheckRefused(Call(console, "run --frobnicate"), "--frobnicate");
    CheckRefused(Call(console, "run stray"), "stray");
    CheckRefused(Call(console, "run --check"), "--check");
    CheckRefused(Call(console, "run --format yaml"), "yaml");
    CheckRefused(Call(console, "run --lang fr"), "fr");
    CheckRefused(Call(console, "run --cloud moon"), "moon");
    CheckRefused(Call(console, "run --timeout 0"), "--timeout");
    CheckRefused(Call(console, "run --timeout soon"), "soon");
    CheckRefused(Call(console, "run --data-size -5"), "-5");
    CheckRefused(Call(console, "run --data-size nan"), "nan");
    CheckRefused(Call(console, "run --agent-proxy proxy"), "proxy");
    CheckRefused(Call(console, "run --agent-proxy me:secret@proxy:8080"), "--agent-proxy");
    CheckRefused(Call(console, "run --yes"), "--yes");
    CheckRefused(Call(console, ""), "capture");
    CheckRefused(Call(console, "walk"), "walk");
}

TEST_CASE("run: --out leaves stdout empty and writes the same")
{
    FakeConsole console(HealthyServer());
    const auto printed = Call(console, "run --check B-3 --format markdown");
    const auto written = Call(console, "run --check B-3 --format markdown --out report.md");
    CHECK(written.out == "");
    CHECK(written.code == printed.code);
    CHECK(console.files.at("report.md").size() == printed.out.size());
}

TEST_CASE("run: a file that cannot be written is an internal error")
{
    FakeConsole console(HealthyServer());
    console.diskFull = true;
    CheckRefused(Call(console, "run --check B-3 --out report.txt"), "report.txt");
}

TEST_CASE("run: progress is told on stderr to whoever watches, and is gone at the end")
{
    FakeConsole console(HealthyServer());
    CHECK(Call(console, "run --check B-3 --format json").err == "");
    console.showsProgress = true;
    const auto run = Call(console, "run --check B-3 --format json");
    CHECK(run.Json()["schema"] == 1);
    CHECK(run.err.find("1/1 ") != std::string::npos);
    CHECK(run.err.ends_with("\r"));
}

TEST_CASE("run: a recording gives the same results as the machine")
{
    FakeConsole console(HealthyServer());
    AddRecording(console, "disabled.xml", ServerWithDisabledService());
    const auto run = Call(console, "run --check B-3 --machine disabled.xml --format json");
    CHECK(run.code == 1);
    CHECK(run.Json()["machine"]["name"] == "FILESRV07");
    CHECK(run.Json()["checks"][0]["facts"]["case"] == "disabled");
}

TEST_CASE("run: what is no recording is refused")
{
    FakeConsole console(HealthyServer());
    console.files["notes.xml"] = "<notes/>";
    console.files["bomb.xml"] = "<!DOCTYPE x><recording schema=\"1\"/>";
    CheckRefused(Call(console, "run --machine notes.xml"), "notes.xml");
    CheckRefused(Call(console, "run --machine bomb.xml"), "bomb.xml");
    CheckRefused(Call(console, "run --machine missing.xml"), "missing.xml");
}

TEST_CASE("run: a question that a recording does not hold could not be checked")
{
    FakeConsole console(HealthyServer());
    AddRecording(console, "empty.xml", RecordedMachine());
    const auto run = Call(console, "run --check B-3 --machine empty.xml --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["checks"][0]["error"]["code"] == 1168);
}

TEST_CASE("run: without Windows only recordings can be looked at")
{
    FakeConsole console(HealthyServer());
    console.windows = false;
    CheckRefused(Call(console, "run"), "--machine");
    AddRecording(console, "healthy.xml", HealthyServer());
    CHECK(Call(console, "run --check B-3 --machine healthy.xml").code == 0);
}

TEST_CASE("run: machine.agent_version and machine.vault are null when not known; no other key is null")
{
    RecordedMachine machine = HealthyServer();
    const std::string setup = "HKLM\\SOFTWARE\\Microsoft\\Windows Azure Backup\\Setup";
    machine.Set(ReadRegistryValue{{setup, "InstallPath"}}, Absent{});
    machine.Set(ListRegistryKey{setup}, Absent{});
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}}, Absent{});
    }
    FakeConsole console(machine);
    auto object = Call(console, "run --format json").Json();
    CHECK(object["machine"]["agent_version"].is_null());
    CHECK(object["machine"]["vault"].is_null());
    object["machine"].erase("agent_version");
    object["machine"].erase("vault");
    CHECK(object.dump().find("null") == std::string::npos);
}

TEST_CASE("run: sizes are bytes, times ISO 8601, yes and no words")
{
    RecordedMachine machine = HealthyServer();
    FakeConsole console(machine);
    const auto object = Call(console, "run --check B-4 --check V-1 --check V-2 --format json").Json();
    CHECK(object["checks"][0]["facts"]["free"] == 200ULL << 30);
    CHECK(object["checks"][1]["facts"]["expires"] == "2026-03-19T12:00:00Z");
    CHECK(object["facts"]["machine_certificate_ends"]["value"] == "2027-05-14T12:00:00Z");
    for (const auto& check : object["checks"])
    {
        for (const auto& fact : check["facts"])
        {
            CHECK(!fact.is_boolean());
        }
    }
}

TEST_CASE("run: error.text is a sentence in the chosen language, codes and facts stay")
{
    FakeConsole console(ServerThatHidesItsService());
    const auto english = Call(console, "run --check B-3 --format json --lang en").Json();
    const auto spanish = Call(console, "run --check B-3 --format json --lang es").Json();
    CHECK(english["checks"][0]["error"]["code"] == 5);
    CHECK(spanish["checks"][0]["error"]["code"] == 5);
    CHECK(english["checks"][0]["error"]["text"]
        == "Access was denied. It may need an administrator. (error 5, 0x00000005)");
    CHECK(spanish["checks"][0]["error"]["text"]
        == "Acceso denegado. Es posible que requiera un administrador. (error 5, 0x00000005)");
    CHECK(english["checks"][0]["facts"] == spanish["checks"][0]["facts"]);
}

TEST_CASE("run: the language is the system's when none is chosen")
{
    FakeConsole console(HealthyServer());
    console.systemLanguage = Language::kSpanish;
    CHECK(Call(console, "run --check B-3").out.find("No se encontró ningún problema.") != std::string::npos);
    CHECK(Call(console, "run --check B-3 --lang en").out.find("No problem was found.") != std::string::npos);
}

TEST_CASE("run: repair is what is available now")
{
    FakeConsole sick(ServerWithDisabledService());
    CHECK(Call(sick, "run --check B-3 --format json").Json()["checks"][0]["repair"] == "one_click");
    RecordedMachine paused = HealthyServer();
    Edit(paused, QueryService{"obengine"},
        [](ServiceStatus& service) { service.state = ServiceState::kPaused; });
    FakeConsole stuck(paused);
    CHECK(Call(stuck, "run --check B-3 --format json").Json()["checks"][0]["repair"] == "guided");
    FakeConsole healthy(HealthyServer());
    CHECK(Call(healthy, "run --check B-3 --format json").Json()["checks"][0]["repair"] == "none");
}

TEST_CASE("run: the summary counts every outcome")
{
    FakeConsole console(ServerWithDisabledService());
    const auto object = Call(console, "run --check B-1 --check B-3 --format json").Json();
    CHECK(object["summary"].dump()
        == R"({"passed":1,"problem":1,"not_applicable":0,"could_not_check":0,"manual":0})");
}

TEST_CASE("run: JSON is valid UTF-8 whatever Windows names are made of")
{
    RecordedMachine machine = ServerWithDisabledService();
    Edit(machine, QueryService{"obengine"}, [](ServiceStatus& service) {
        service.displayName = "lone \xED\xA0\x80 surrogate, broken \xFF byte";
    });
    FakeConsole console(machine);
    const auto run = Call(console, "run --check B-3 --format json");
    CHECK(run.Json()["checks"][0]["facts"]["display_name"]
        == ToValidUtf8("lone \xED\xA0\x80 surrogate, broken \xFF byte"));
}

TEST_CASE("run: --data-size is in GB of 2^30 bytes")
{
    // 10 % of 2,001 GB is a little more than the 200 GB that are free.
    FakeConsole console(ServerWithoutRecentSuccess());
    CHECK(Call(console, "run --check B-4 --data-size 1999").code == 0);
    CHECK(Call(console, "run --check B-4 --data-size 2001").code == 1);
}

TEST_CASE("run: a backup that succeeded leaves advice of too little space")
{
    FakeConsole console(HealthyServer());
    const auto run = Call(console, "run --check B-4 --data-size 4001 --format json");
    CHECK(run.code == 0);
    CHECK(run.Json()["checks"][0]["level"] == "advice");
    CHECK(run.Json()["checks"][0]["facts"]["works_anyway"] == "2026-03-09T22:00:00Z");
}

TEST_CASE("run: a credentials file is given to the machine by its whole path, to a recording as it is")
{
    RecordedMachine machine = HealthyServer();
    VaultCredentials expired;
    expired.notAfter = kNow - std::chrono::hours(1);
    machine.Set(ReadVaultCredentials{"C:\\here\\old.VaultCredentials"}, expired);
    machine.Set(ReadVaultCredentials{"old.VaultCredentials"}, expired);
    FileInfo file;
    file.name = "old.VaultCredentials";
    machine.Set(ReadFileInfo{"C:\\here\\old.VaultCredentials"}, file);
    machine.Set(ReadFileInfo{"old.VaultCredentials"}, file);
    FakeConsole console(machine);
    AddRecording(console, "recording.xml", machine);
    const auto live = Call(console, "run --check V-1 --credentials old.VaultCredentials --format json");
    CHECK(live.Json()["checks"][0]["facts"]["file"] == "C:\\here\\old.VaultCredentials");
    const auto recorded = Call(
        console, "run --check V-1 --credentials old.VaultCredentials --machine recording.xml --format json");
    CHECK(recorded.Json()["checks"][0]["facts"]["file"] == "old.VaultCredentials");
}

TEST_CASE("run: what was given when a recording was made counts, unless the command line says otherwise")
{
    RecordingHeader header;
    header.taken = kNow;
    Given given;
    given.dataBytes = 4001ULL << 30;
    WriteXml(header.given.append_child("given"), given);
    FakeConsole console(HealthyServer());
    console.files["given.xml"] = WriteRecording(header, ServerWithoutRecentSuccess());
    CHECK(Call(console, "run --check B-4 --machine given.xml").code == 1);
    CHECK(Call(console, "run --check B-4 --machine given.xml --data-size 10").code == 0);
}

TEST_CASE("run: an earlier repair that died is named on stderr, stdout stays as it is")
{
    FakeConsole console(ServerWithDisabledService());
    CHECK(Call(console, "repair B-3 --yes").code == 0);
    auto& entry = console.journal->files.begin()->second;
    entry.resize(entry.rfind("end"));
    const auto run = Call(console, "run --check B-3 --format json");
    CHECK(run.Json()["schema"] == 1);
    CHECK(run.err.find("mars-check undo " + console.journal->files.begin()->first + " --yes")
        != std::string::npos);
}

TEST_CASE("help and version are printed on stdout")
{
    FakeConsole console(HealthyServer());
    const auto help = Call(console, "--help");
    CHECK(help.code == 0);
    CHECK(help.out.find("mars-check capture  --out FILE [--no-redact] [--machine RECORDING] [GIVEN]")
        != std::string::npos);
    CHECK(Call(console, "run --help").out == help.out);
    CHECK(Call(console, "--version").out.starts_with("mars-check "));
}

} // namespace mars::test
