// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "console_support.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/protection.h"
#include "questions/services.h"
#include "questions/signatures.h"
#include "recording.h"
#include "test_support.h"

#include <doctest/doctest.h>

namespace mars::test
{

namespace
{

std::string StateOf(const FakeConsole& console)
{
    return WriteRecording({kFileFormat, "test", kNow, false, {}}, *console.machine);
}

RecordedMachine Unelevated(RecordedMachine machine)
{
    Edit(machine, ReadContext{}, [](ProcessContext& context) { context.elevated = false; });
    return machine;
}

} // namespace

TEST_CASE("repair: without --yes the plan is printed and nothing changes")
{
    FakeConsole console(ServerWithDisabledService());
    const std::string before = StateOf(console);
    for (const char* arguments : {"repair B-3 --format json", "repair B-3 --dry-run --format json",
             "repair B-3 --yes --dry-run --format json"})
    {
        const auto run = Call(console, arguments);
        CHECK(run.code == 0);
        const auto object = run.Json();
        CHECK(object["status"] == "planned");
        CHECK(object["applied"] == false);
        CHECK(object["plan"].size() == 2);
        CHECK(object["plan"][0]["result"] == "pending");
        CHECK(!object.contains("journal"));
        CHECK(!object.contains("outcome_after"));
    }
    CHECK(StateOf(console) == before);
    CHECK(console.journal->files.empty());
}

TEST_CASE("repair: with --yes the plan is applied, verified and written down")
{
    FakeConsole console(ServerWithDisabledService());
    const auto run = Call(console, "repair basics.service_stopped --yes --format json");
    CHECK(run.code == 0);
    const auto object = run.Json();
    CHECK(object["status"] == "applied");
    CHECK(object["applied"] == true);
    CHECK(object["verified"] == true);
    CHECK(object["outcome_before"] == "problem");
    CHECK(object["outcome_after"] == "passed");
    CHECK(object["plan"][1]["result"] == "done");
    CHECK(console.journal->files.contains(object["journal"].get<std::string>()));
    CHECK(Call(console, "run --check B-3").code == 0);
}

TEST_CASE("repair: 1 when it was rolled back, and the step says why")
{
    FakeConsole console(ServerWithDisabledService());
    // The journal's header, "begin 0", the start type, "done 0", "begin 1", then the start of the service.
    console.fate->Spoil(Fate::Kind::kFail, 6);
    const auto run = Call(console, "repair B-3 --yes --format json");
    CHECK(run.code == 1);
    const auto object = run.Json();
    CHECK(object["status"] == "rolled_back");
    CHECK(object["applied"] == false);
    CHECK(object["plan"][0]["result"] == "rolled_back");
    CHECK(object["plan"][1]["result"] == "failed");
    CHECK(object["plan"][1]["error"]["code"] == 5);
    CHECK(object["error"]["code"] == 5);
}

TEST_CASE("repair: 0 when there is nothing to do")
{
    FakeConsole console(HealthyServer());
    const auto run = Call(console, "repair B-3 --yes --format json");
    CHECK(run.code == 0);
    CHECK(run.Json()["status"] == "nothing_to_do");
    CHECK(run.Json()["plan"].empty());
}

TEST_CASE("repair: 2 where there is no automatic repair, with the steps in the text")
{
    FakeConsole console(ServerWithExpiringCredentials());
    const auto run = Call(console, "repair V-1 --yes --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["status"] == "guided");
    CHECK(Call(console, "repair V-1").out.find("1. ") != std::string::npos);
}

TEST_CASE("repair: 2 without administrator rights, and nothing changes; the plan can be seen")
{
    FakeConsole console(Unelevated(ServerWithDisabledService()));
    CHECK(Call(console, "repair B-3").code == 0);
    const auto run = Call(console, "repair B-3 --yes --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["status"] == "needs_administrator");
    CHECK(run.Json()["error"]["code"] == 740);
    CHECK(console.fate->Calls() == 0);
}

TEST_CASE("repair: 2 when it could not be found out how things stand")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(QueryService{"obengine"}, Failure{code::kAccessDenied, "OpenService"});
    FakeConsole console(machine);
    const auto run = Call(console, "repair B-3 --yes --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["status"] == "refused");
    CHECK(run.Json()["outcome_before"] == "could_not_check");
    CHECK(run.Json()["error"]["code"] == 5);
}

TEST_CASE("repair: 2 when the journal cannot be written, and nothing changes")
{
    FakeConsole console(ServerWithDisabledService());
    console.journal->prepared = Failure{code::kAccessDenied, "owned by somebody else"};
    const std::string before = StateOf(console);
    const auto run = Call(console, "repair B-3 --yes --format json");
    CHECK(run.code == 2);
    CHECK(run.Json()["status"] == "refused");
    CHECK(StateOf(console) == before);
}

TEST_CASE("repair: unknown and ambiguous ids are refused")
{
    FakeConsole console(HealthyServer());
    CheckRefused(Call(console, "repair no.such_check"), "no.such_check");
    CheckRefused(Call(console, "repair"), "ID");
    CheckRefused(Call(console, "repair B-3 B-4"), "B-4");
}

TEST_CASE(
    "repair: a code that means several checks is refused and names them; one that means one leads to it")
{
    FakeConsole console(HealthyServer());
    // V-11 shows N-4 and, as soon as the catalogue has it, N-5.
    const auto causes = ResolveSelector("V-11");
    REQUIRE(!causes.empty());
    const auto run = Call(console, "repair V-11");
    if (causes.size() == 1)
    {
        CHECK(run.code != 3);
        CHECK(run.out.find(causes.front()->code) != std::string::npos);
        return;
    }
    for (const RootCause* cause : causes)
    {
        CheckRefused(run, std::string(cause->id));
    }
}

TEST_CASE("repair: a recording can be planned for, not changed")
{
    FakeConsole console(HealthyServer());
    AddRecording(console, "disabled.xml", ServerWithDisabledService());
    const auto plan = Call(console, "repair B-3 --machine disabled.xml --format json");
    CHECK(plan.code == 0);
    CHECK(plan.Json()["status"] == "planned");
    CheckRefused(Call(console, "repair B-3 --machine disabled.xml --yes"), "--machine");
    console.windows = false;
    CHECK(Call(console, "repair B-3 --machine disabled.xml").code == 0);
    CheckRefused(Call(console, "repair B-3"), "--machine");
}

TEST_CASE("repair: a folder or a choice that it has no use for is refused")
{
    FakeConsole console(ServerWithDisabledService());
    CheckRefused(Call(console, "repair B-3 --from D:\\healthy"), "--from");
    CheckRefused(Call(console, "repair B-3 --choose something"), "--choose");
    CheckRefused(Call(console, "repair B-5 --choose something"), "something");
}

TEST_CASE("repair: what is only done when it is chosen")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadDefender{},
        [](DefenderState& defender) { std::erase(defender.excludedProcesses, "csc.exe"); });
    FakeConsole console(machine);
    const auto unasked = Call(console, "repair B-5 --format json");
    CHECK(unasked.code == 2);
    CHECK(unasked.Json()["status"] == "guided");
    const auto chosen = Call(console, "repair B-5 --choose csc --format json");
    CHECK(chosen.code == 0);
    CHECK(chosen.Json()["plan"].size() == 2);
    CHECK(chosen.Json()["plan"][0]["change"] == "add_defender_exclusion");
    CHECK(chosen.Json()["plan"][0]["lowers_protection"] == true);
    CHECK(Call(console, "repair B-5 --choose csc --yes").code == 0);
    CHECK(Call(console, "run --check B-5").code == 0);
}

TEST_CASE("repair: one that copies from a folder asks for it")
{
    RecordedMachine machine = HealthyServer();
    const std::string module = std::string(kInstallPath) + "bin\\Modules\\MSOnlineBackup\\";
    const std::string help = "OnlineBackup_Cmdlets.xml";
    machine.Set(ReadFileInfo{module + help}, Absent{});
    machine.Set(HashFile{module + help}, Absent{});
    FakeConsole console(machine);
    const auto without = Call(console, "repair S-8 --format json");
    CHECK(without.code == 2);
    CHECK(without.Json()["status"] == "guided");
    CHECK(without.Json()["error"]["text"].get<std::string>().find("--from") != std::string::npos);

    for (const char* name :
        {"MSOnlineBackup.psd1", "Microsoft.Internal.CloudBackup.Commands.dll", "OnlineBackup_Cmdlets.xml"})
    {
        const std::string copy = std::string("C:\\here\\healthy\\") + name;
        console.machine->Set(
            ReadFileInfo{copy}, machine.Ask(ReadFileInfo{module + "MSOnlineBackup.psd1"}, Wait{}));
        console.machine->Set(HashFile{copy}, FileHash{std::string("good ") + name});
        console.machine->Set(
            VerifySignature{copy}, machine.Ask(VerifySignature{module + "MSOnlineBackup.psd1"}, Wait{}));
        console.machine->Set(ReadFileVersion{copy}, FileVersion{2, 0, 9938, 0});
    }
    console.machine->Set(ReadModuleManifest{"C:\\here\\healthy\\MSOnlineBackup.psd1"},
        machine.Ask(ReadModuleManifest{module + "MSOnlineBackup.psd1"}, Wait{}));
    const auto with = Call(console, "repair S-8 --from healthy --format json");
    CAPTURE(with.out);
    CHECK(with.code == 0);
    CHECK(with.Json()["status"] == "planned");
    CHECK(with.Json()["plan"][0]["change"] == "stage_file");
}

TEST_CASE("repair: the text says what would change and how to go on")
{
    FakeConsole console(ServerWithDisabledService());
    const std::string text = Call(console, "repair B-3").out;
    CHECK(text.find("Set the start type of the service obengine: disabled becomes automatic.")
        != std::string::npos);
    CHECK(text.find("mars-check repair basics.service_stopped --yes") != std::string::npos);
    const std::string spanish = Call(console, "repair B-3 --lang es").out;
    CHECK(spanish.find("deshabilitado pasa a ser") != std::string::npos);
}

} // namespace mars::test
