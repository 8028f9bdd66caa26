// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/certificates.h"
#include "questions/credentials.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const std::string kConfig = std::string(kAgentKey) + "\\Config";
const ReadVaultCredentials kFile{
    "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Mon Mar 09 2026.VaultCredentials"};

const RootCause& Cause()
{
    return *FindRootCause("credentials.wrong_vault");
}

RecordedMachine FileFor(const std::string& vault)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kFile, [&](VaultCredentials& credentials) { credentials.vault = vault; });
    return machine;
}

Given Choosing()
{
    Given given;
    given.credentialsFile = kFile.path;
    return given;
}

/// Its last backup did not succeed, so a file that lies about may be needed.
RecordedMachine FailingWithFileFor(const std::string& vault)
{
    RecordedMachine machine = FileFor(vault);
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{});
    return machine;
}

void SetValue(RecordedMachine& machine, const char* name, const Answer<RegistryValue>& value)
{
    machine.Set(ReadRegistryValue{{kConfig, name}}, value);
}

} // namespace

TEST_CASE("wrong_vault: the file of the registered vault passes, whatever its case")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), FileFor("contosovault")));
}

TEST_CASE("wrong_vault: the file of another vault is an error that names both")
{
    for (const Outcome& outcome : {Detect(Cause(), FileFor("FabrikamVault"), Choosing()),
             Detect(Cause(), FailingWithFileFor("FabrikamVault"))})
    {
        CheckProblem(outcome, Level::kError);
        CHECK(outcome.Text("vault") == "FabrikamVault");
        CHECK(outcome.Text("registered_vault") == "ContosoVault");
    }
}

TEST_CASE("wrong_vault: what nobody chose on a server that backs up is the file of another server")
{
    const Outcome outcome = Detect(Cause(), FileFor("FabrikamVault"));
    CheckProblem(outcome, Level::kAdvice, "left_over");
    CHECK(BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish).steps.size() == 1);
}

TEST_CASE("wrong_vault: without a name in the registry the newest vault certificate tells")
{
    RecordedMachine machine = FailingWithFileFor("FabrikamVault");
    SetValue(machine, "ServiceResourceName", Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kError);
    Edit(machine, ListCertificates{"My"}, [](CertificateList& list) {
        CertificateInfo newer = list.certificates.at(1);
        newer.subject = "CN=CB_Fabrikam-Vault-12-1-2025-vaultcredentials, O=x";
        newer.friendlyName.clear();
        newer.notBefore = kNow - std::chrono::days(99);
        list.certificates.push_back(newer);
    });
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.Text("registered_vault") == "Fabrikam-Vault");
    machine.Set(ListCertificates{"My"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("wrong_vault: without any name the vault's number tells, but only that it is the same")
{
    RecordedMachine machine = FileFor("FabrikamVault");
    SetValue(machine, "ServiceResourceName", Absent{});
    Edit(machine, ListCertificates{"My"}, [](CertificateList& list) {
        for (CertificateInfo& certificate : list.certificates)
        {
            certificate.friendlyName = "CB_x-1-y-2025-vaultcredentials";
        }
    });
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, kFile, [](VaultCredentials& credentials) { credentials.resourceId = "1"; });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
}

TEST_CASE("wrong_vault: needs an agent, a registration and a file")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
    SetValue(machine, "ServiceResourceName", Absent{});
    SetValue(machine, "MachineId", Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNotRegistered);
    machine.Set(ReadFileInfo{std::string(kInstallPath) + "bin\\cbengine.exe"}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kAgentMissing);
}

TEST_CASE("wrong_vault: a file that cannot be read, or says no vault, lets nothing pass")
{
    RecordedMachine machine = FileFor("");
    CheckCouldNotCheck(Detect(Cause(), machine, Choosing()), code::kInvalidData);
    CheckNotApplicable(Detect(Cause(), machine), reason::kCredentialsNotNeeded);
    machine.Set(kFile, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(kFile, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
}

} // namespace mars::test
