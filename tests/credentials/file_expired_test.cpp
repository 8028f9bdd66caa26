// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/computer.h"
#include "questions/credentials.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("credentials.file_expired");
}

const ReadVaultCredentials kFile{
    "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Mon Mar 09 2026.VaultCredentials"};

/// The person chose the file.
Given Choosing()
{
    Given given;
    given.credentialsFile = kFile.path;
    return given;
}

RecordedMachine Ending(Timestamp notAfter)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kFile, [&](VaultCredentials& credentials) { credentials.notAfter = notAfter; });
    return machine;
}

} // namespace

TEST_CASE("file_expired: a file with days left passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("file") == kFile.path);
    CHECK(outcome.Text("vault") == "ContosoVault");
    CHECK(outcome.facts.at("expires") == Fact(kNow + std::chrono::days(9)));
}

TEST_CASE("file_expired: a file that ended is an error")
{
    const RecordedMachine machine = Ending(kNow - std::chrono::seconds(1));
    CheckProblem(Detect(Cause(), machine, Choosing()), Level::kError, "expired");
    CheckProblem(Detect(Cause(), Ending(kNow), Choosing()), Level::kWarning, "expires_soon");
}

TEST_CASE("file_expired: less than 24 hours left is a warning")
{
    const Outcome outcome =
        Detect(Cause(), Ending(kNow + std::chrono::hours(24) - std::chrono::seconds(1)), Choosing());
    CheckProblem(outcome, Level::kWarning, "expires_soon");
    CHECK(outcome.facts.at("hours_left") == Fact(std::int64_t{23}));
    CheckPassed(Detect(Cause(), Ending(kNow + std::chrono::hours(24))));
}

TEST_CASE("file_expired: a certificate without private key still has an end")
{
    RecordedMachine machine = Ending(kNow - std::chrono::hours(1));
    Edit(machine, kFile,
        [](VaultCredentials& credentials) { credentials.fault = CredentialsFault::kNoPrivateKey; });
    CheckProblem(Detect(Cause(), machine, Choosing()), Level::kError, "expired");
}

TEST_CASE("file_expired: what nobody chose on a server that backs up is left over from its registration")
{
    for (const Timestamp end : {kNow - std::chrono::days(200), kNow - std::chrono::seconds(1),
             kNow + std::chrono::hours(24) - std::chrono::seconds(1)})
    {
        const Outcome outcome = Detect(Cause(), Ending(end));
        CheckProblem(outcome, Level::kAdvice, "left_over");
        const EntryText text = BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish);
        REQUIRE(text.steps.size() == 1);
        CHECK(text.steps[0].text.find("Delete the file C:\\Users") == 0);
        CHECK(text.handoff.empty());
    }
    // It is valid for days: perhaps somebody is about to use it.
    CheckPassed(Detect(Cause(), Ending(kNow + std::chrono::hours(24))));
}

TEST_CASE("file_expired: where the server is not registered, or its backups fail, the file is needed")
{
    RecordedMachine machine = Ending(kNow - std::chrono::hours(1));
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}}, Absent{});
    }
    CheckProblem(Detect(Cause(), machine), Level::kError, "expired");
    const EntryText text =
        BuiltInKnowledge().TextFor(Cause().id, Detect(Cause(), machine), Language::kEnglish);
    CHECK(text.steps.size() == 5);
    CHECK_FALSE(text.handoff.empty());

    machine = Ending(kNow - std::chrono::hours(1));
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{3, kNow - std::chrono::hours(49)}}});
    CheckProblem(Detect(Cause(), machine), Level::kError, "expired");
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{3, kNow - std::chrono::hours(48)}}});
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "left_over");
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, Failure{code::kAccessDenied, "EvtQuery"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "expired");
}

TEST_CASE("file_expired: without a readable certificate nobody knows")
{
    RecordedMachine machine = HealthyServer();
    for (const CredentialsFault fault :
        {CredentialsFault::kEmpty, CredentialsFault::kNotXml, CredentialsFault::kCertificateUnreadable})
    {
        Edit(machine, kFile, [&](VaultCredentials& credentials) { credentials.fault = fault; });
        CheckCouldNotCheck(Detect(Cause(), machine, Choosing()), code::kInvalidData);
        CheckNotApplicable(Detect(Cause(), machine), reason::kCredentialsNotNeeded);
    }
}

TEST_CASE("file_expired: no file, no judgement")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
    machine = HealthyServer();
    machine.Set(kFile, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
}

TEST_CASE("file_expired: is judged without an agent")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("file_expired: what cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadClock{}, Failure{code::kTimeout, "read the clock"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    machine.Set(kFile, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, Failure{53, "list"});
    CheckCouldNotCheck(Detect(Cause(), machine), 53);
}

} // namespace mars::test
