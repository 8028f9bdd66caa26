// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
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
    return *FindRootCause("credentials.file_not_latest");
}

const std::string kDownloads = "C:\\Users\\maria.lopez\\Downloads";
const std::string kDesktop = "C:\\Users\\maria.lopez\\Desktop";
const std::string kHealthyFile = kDownloads + "\\ContosoVault_Mon Mar 09 2026.VaultCredentials";
const std::string kEnding = ".VaultCredentials";

FileInfo Named(const std::string& name, Timestamp written)
{
    FileInfo file;
    file.name = name;
    file.attributes = 0x20;
    file.bytes = 5200;
    file.created = written;
    file.written = written;
    return file;
}

VaultCredentials HealthyCredentials()
{
    return *HealthyServer().Ask(ReadVaultCredentials{kHealthyFile}, Wait{});
}

/// The person chose the file.
Given Choosing()
{
    Given given;
    given.credentialsFile = kHealthyFile;
    return given;
}

/// A second file on the desktop, older than the healthy one so that the healthy one is chosen.
RecordedMachine WithSecondFile(const VaultCredentials& credentials)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{kDesktop, kEnding},
        FileList{{Named("second" + kEnding, kNow - std::chrono::hours(50))}, false});
    machine.Set(ReadVaultCredentials{kDesktop + "\\second" + kEnding}, credentials);
    return machine;
}

} // namespace

TEST_CASE("file_not_latest: the only file passes")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.facts.at("files") == Fact(std::int64_t{1}));
}

TEST_CASE("file_not_latest: a file of the same vault with a later begin is an error")
{
    VaultCredentials newer = HealthyCredentials();
    newer.notBefore += std::chrono::seconds(1);
    const Outcome outcome = Detect(Cause(), WithSecondFile(newer), Choosing());
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.Text("newest_file") == kDesktop + "\\second" + kEnding);
    CHECK(outcome.facts.at("files") == Fact(std::int64_t{2}));
}

TEST_CASE("file_not_latest: files that nobody chose on a server that backs up are left over")
{
    VaultCredentials newer = HealthyCredentials();
    newer.notBefore += std::chrono::seconds(1);
    RecordedMachine machine = WithSecondFile(newer);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice, "left_over");
    const EntryText text = BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish);
    REQUIRE(text.steps.size() == 1);
    CHECK(text.steps[0].text.find("Delete ") == 0);

    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{3, kNow - std::chrono::hours(49)}}});
    CheckProblem(Detect(Cause(), machine), Level::kError);
    machine = WithSecondFile(newer);
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}}, Absent{});
    }
    CheckProblem(Detect(Cause(), machine), Level::kError);
}

TEST_CASE("file_not_latest: a copy of the same file is not newer")
{
    CheckPassed(Detect(Cause(), WithSecondFile(HealthyCredentials())));
    VaultCredentials older = HealthyCredentials();
    older.notBefore -= std::chrono::seconds(1);
    CheckPassed(Detect(Cause(), WithSecondFile(older)));
}

TEST_CASE("file_not_latest: files of other vaults do not count")
{
    VaultCredentials other = HealthyCredentials();
    other.notBefore += std::chrono::hours(1);
    SUBCASE("another name")
    {
        other.vault = "OtherVault";
    }
    SUBCASE("the same name in another subscription")
    {
        other.subscription = "99f7a1b0-0000-4a55-9d0b-3a1c9ef0d001";
    }
    SUBCASE("the same name with another id")
    {
        other.resourceId = "1";
    }
    const Outcome outcome = Detect(Cause(), WithSecondFile(other));
    CheckPassed(outcome);
    CHECK(outcome.facts.at("files") == Fact(std::int64_t{1}));
}

TEST_CASE("file_not_latest: the name of the vault is compared without case, and unsaid ids do not differ")
{
    VaultCredentials newer = HealthyCredentials();
    newer.notBefore += std::chrono::hours(1);
    newer.vault = "CONTOSOVAULT";
    newer.resourceId.clear();
    CheckProblem(Detect(Cause(), WithSecondFile(newer), Choosing()), Level::kError);
}

TEST_CASE("file_not_latest: without a certificate the last write time decides")
{
    VaultCredentials broken = HealthyCredentials();
    broken.fault = CredentialsFault::kCertificateUnreadable;
    broken.notBefore += std::chrono::hours(1);
    CheckPassed(Detect(Cause(), WithSecondFile(broken)));

    // The chosen file's folder holds a later one that the person did not choose.
    RecordedMachine machine = WithSecondFile(broken);
    machine.Set(ListFiles{kDesktop, kEnding}, FileList{{Named("second" + kEnding, kNow)}, false});
    CheckProblem(Detect(Cause(), machine, Choosing()), Level::kError);
}

TEST_CASE("file_not_latest: the folder of the chosen file is looked at too")
{
    RecordedMachine machine = HealthyServer();
    Given given;
    given.credentialsFile = "D:\\old" + kEnding;
    VaultCredentials old = HealthyCredentials();
    old.notBefore -= std::chrono::hours(100);
    machine.Set(ReadFileInfo{given.credentialsFile}, Named("old" + kEnding, kNow - std::chrono::hours(90)));
    machine.Set(ReadVaultCredentials{given.credentialsFile}, old);
    machine.Set(ListFiles{"D:\\", kEnding},
        FileList{
            {Named("old" + kEnding, kNow - std::chrono::hours(90)), Named("new" + kEnding, kNow)}, false});
    VaultCredentials newest = HealthyCredentials();
    newest.notBefore += std::chrono::hours(10);
    machine.Set(ReadVaultCredentials{"D:\\new" + kEnding}, newest);
    const Outcome outcome = Detect(Cause(), machine, given);
    CheckProblem(outcome, Level::kError);
    CHECK(outcome.Text("newest_file") == "D:\\new" + kEnding);
    CHECK(outcome.facts.at("files") == Fact(std::int64_t{3}));
}

TEST_CASE("file_not_latest: a folder or file that cannot be read forbids a pass but not a finding")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{kDesktop, kEnding}, Failure{53, "list"});
    CheckCouldNotCheck(Detect(Cause(), machine), 53);

    VaultCredentials newer = HealthyCredentials();
    newer.notBefore += std::chrono::hours(1);
    machine = WithSecondFile(newer);
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Documents", kEnding}, Failure{53, "list"});
    CheckProblem(Detect(Cause(), machine, Choosing()), Level::kError);

    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Documents", kEnding}, FileList{});
    machine.Set(ReadVaultCredentials{kDesktop + "\\second" + kEnding}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadVaultCredentials{kDesktop + "\\second" + kEnding}, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("file_not_latest: a file that names no vault cannot be compared")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVaultCredentials{kHealthyFile}, [](VaultCredentials& credentials) {
        credentials = {CredentialsFault::kNotXml, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    });
    CheckCouldNotCheck(Detect(Cause(), machine, Choosing()), code::kInvalidData);
    CheckNotApplicable(Detect(Cause(), machine), reason::kCredentialsNotNeeded);
    machine.Set(ReadVaultCredentials{kHealthyFile}, Failure{code::kAccessDenied, "open"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("file_not_latest: no file, no judgement")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVaultCredentials{kHealthyFile}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
    machine.Set(ListFiles{kDownloads, kEnding}, FileList{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
}

} // namespace mars::test
