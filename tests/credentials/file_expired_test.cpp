// SPDX-License-Identifier: MIT
#include "catalogue.h"
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
    CheckProblem(Detect(Cause(), Ending(kNow - std::chrono::seconds(1))), Level::kError, "expired");
    CheckProblem(Detect(Cause(), Ending(kNow)), Level::kWarning, "expires_soon");
}

TEST_CASE("file_expired: less than 24 hours left is a warning")
{
    const Outcome outcome = Detect(Cause(), Ending(kNow + std::chrono::hours(24) - std::chrono::seconds(1)));
    CheckProblem(outcome, Level::kWarning, "expires_soon");
    CHECK(outcome.facts.at("hours_left") == Fact(std::int64_t{23}));
    CheckPassed(Detect(Cause(), Ending(kNow + std::chrono::hours(24))));
}

TEST_CASE("file_expired: a certificate without private key still has an end")
{
    RecordedMachine machine = Ending(kNow - std::chrono::hours(1));
    Edit(machine, kFile,
        [](VaultCredentials& credentials) { credentials.fault = CredentialsFault::kNoPrivateKey; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "expired");
}

TEST_CASE("file_expired: without a readable certificate nobody knows")
{
    RecordedMachine machine = HealthyServer();
    for (const CredentialsFault fault :
        {CredentialsFault::kEmpty, CredentialsFault::kNotXml, CredentialsFault::kCertificateUnreadable})
    {
        Edit(machine, kFile, [&](VaultCredentials& credentials) { credentials.fault = fault; });
        CheckCouldNotCheck(Detect(Cause(), machine), code::kInvalidData);
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
