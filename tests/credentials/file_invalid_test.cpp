// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/credentials.h"
#include "questions/events.h"
#include "questions/files.h"
#include "test_support.h"

#include <utility>

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("credentials.file_invalid");
}

const std::string kHealthyFile =
    "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Mon Mar 09 2026.VaultCredentials";

constexpr std::pair<CredentialsFault, const char*> kFaults[]{{CredentialsFault::kEmpty, "empty"},
    {CredentialsFault::kTooLarge, "too_large"}, {CredentialsFault::kNotXml, "not_xml"},
    {CredentialsFault::kWrongRoot, "wrong_root"}, {CredentialsFault::kNoCertificate, "no_certificate"},
    {CredentialsFault::kCertificateUnreadable, "certificate_unreadable"},
    {CredentialsFault::kNoPrivateKey, "no_private_key"}};

RecordedMachine With(CredentialsFault fault)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVaultCredentials{kHealthyFile},
        [&](VaultCredentials& credentials) { credentials.fault = fault; });
    return machine;
}

Given Choosing()
{
    Given given;
    given.credentialsFile = kHealthyFile;
    return given;
}

} // namespace

TEST_CASE("file_invalid: a good file passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("vault") == "ContosoVault");
    CHECK(outcome.Text("root_element") == "RSBackupVaultAADCreds");
}

TEST_CASE("file_invalid: whatever is wrong with the content is an error that says so")
{
    for (const auto& [fault, textCase] : kFaults)
    {
        CheckProblem(Detect(Cause(), With(fault), Choosing()), Level::kError, textCase);
    }
}

TEST_CASE("file_invalid: what nobody chose on a server that backs up may be for something else")
{
    for (const auto& [fault, textCase] : kFaults)
    {
        RecordedMachine machine = With(fault);
        const Outcome outcome = Detect(Cause(), machine);
        CheckProblem(outcome, Level::kAdvice, "left_over");
        const EntryText text = BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish);
        CHECK(text.steps.size() == 1);
        CHECK(text.handoff.empty());

        machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{});
        CheckProblem(Detect(Cause(), machine), Level::kError, textCase);
    }
}

TEST_CASE("file_invalid: a good file under another name is an error")
{
    RecordedMachine machine = HealthyServer();
    Given given;
    given.credentialsFile = "C:\\vault.xml";
    machine.Set(ReadFileInfo{given.credentialsFile}, FileInfo{});
    VaultCredentials credentials = *machine.Ask(ReadVaultCredentials{kHealthyFile}, Wait{});
    machine.Set(ReadVaultCredentials{given.credentialsFile}, credentials);
    CheckProblem(Detect(Cause(), machine, given), Level::kError, "wrong_extension");

    given.credentialsFile = "C:\\vault.VAULTCREDENTIALS";
    machine.Set(ReadFileInfo{given.credentialsFile}, FileInfo{});
    machine.Set(ReadVaultCredentials{given.credentialsFile}, credentials);
    CheckPassed(Detect(Cause(), machine, given));
}

TEST_CASE("file_invalid: content that is wrong comes before the name")
{
    RecordedMachine machine = HealthyServer();
    Given given;
    given.credentialsFile = "C:\\notes.txt";
    machine.Set(ReadFileInfo{given.credentialsFile}, FileInfo{});
    VaultCredentials credentials;
    credentials.fault = CredentialsFault::kNotXml;
    machine.Set(ReadVaultCredentials{given.credentialsFile}, credentials);
    CheckProblem(Detect(Cause(), machine, given), Level::kError, "not_xml");
}

TEST_CASE("file_invalid: no file, no judgement")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVaultCredentials{kHealthyFile}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
}

TEST_CASE("file_invalid: a file that cannot be read is no pass")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVaultCredentials{kHealthyFile}, Failure{32, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), 32);
}

} // namespace mars::test
