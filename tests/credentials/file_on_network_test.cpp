// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "knowledge.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/volumes.h"
#include "test_support.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("credentials.file_on_network");
}

const std::string kHealthyFile =
    "C:\\Users\\maria.lopez\\Downloads\\ContosoVault_Mon Mar 09 2026.VaultCredentials";
const std::string kCopies = "C:\\ProgramData\\MARS Wizard\\credentials\\";

Given Giving(const std::string& path)
{
    Given given;
    given.credentialsFile = path;
    return given;
}

RecordedMachine WithFileAt(const std::string& path)
{
    RecordedMachine machine = HealthyServer();
    FileInfo file;
    file.name = "vault.VaultCredentials";
    machine.Set(ReadFileInfo{path}, file);
    return machine;
}

RecordedMachine OnDrive(DriveKind kind)
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadVolume{kHealthyFile}, [&](VolumeInfo& volume) { volume.kind = kind; });
    return machine;
}

} // namespace

TEST_CASE("file_on_network: a file on a fixed drive passes")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), OnDrive(DriveKind::kRamDisk)));
}

TEST_CASE("file_on_network: a path that names a server is a warning")
{
    for (const char* path :
        {"\\\\files\\share\\vault.VaultCredentials", "\\\\?\\UNC\\files\\share\\vault.VaultCredentials",
            "//files/share/vault.VaultCredentials", "\\\\tsclient\\C\\vault.VaultCredentials"})
    {
        CheckProblem(Detect(Cause(), WithFileAt(path), Giving(path)), Level::kWarning, "network");
    }
}

TEST_CASE("file_on_network: a share that cannot be read is a warning too")
{
    const std::string path = "\\\\files\\share\\vault.VaultCredentials";
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{path}, Failure{53, "the network path was not found"});
    CheckProblem(Detect(Cause(), machine, Giving(path)), Level::kWarning, "network");
    CHECK(Propose(Cause(), machine, Giving(path)).kind == RepairProposal::Kind::kGuided);
    machine.Set(ReadFileInfo{path}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine, Giving(path)), reason::kNoCredentialsFile);
}

TEST_CASE("file_on_network: a long local path is not a server")
{
    const std::string path = "\\\\?\\C:\\vault.VaultCredentials";
    RecordedMachine machine = WithFileAt(path);
    machine.Set(ReadVolume{path}, VolumeInfo{"C:\\", DriveKind::kFixed, "NTFS", 1, 1, false});
    CheckPassed(Detect(Cause(), machine, Giving(path)));
}

TEST_CASE("file_on_network: a mapped or redirected drive is a warning")
{
    CheckProblem(
        Detect(Cause(), OnDrive(DriveKind::kRemote), Giving(kHealthyFile)), Level::kWarning, "network");
}

TEST_CASE("file_on_network: what nobody chose on a server that backs up is left over, and is not copied")
{
    RecordedMachine machine = OnDrive(DriveKind::kRemote);
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kAdvice, "left_over");
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
    CHECK(BuiltInKnowledge().TextFor(Cause().id, outcome, Language::kEnglish).steps.size() == 1);

    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "network");
}

TEST_CASE("file_on_network: removable and optical drives are advice")
{
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kRemovable)), Level::kAdvice, "removable");
    CheckProblem(Detect(Cause(), OnDrive(DriveKind::kOptical)), Level::kAdvice, "optical");
}

TEST_CASE("file_on_network: a drive of unknown kind is no pass")
{
    CheckCouldNotCheck(Detect(Cause(), OnDrive(DriveKind::kUnknown)), code::kNotSupported);
    CheckCouldNotCheck(Detect(Cause(), OnDrive(DriveKind::kMissing)), code::kNotSupported);
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadVolume{kHealthyFile}, Failure{21, "not ready"});
    CheckCouldNotCheck(Detect(Cause(), machine), 21);
    machine.Set(ReadVolume{kHealthyFile}, Absent{});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotSupported);
}

TEST_CASE("file_on_network: no file, no judgement")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, FileList{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kNoCredentialsFile);
    machine.Set(ListFiles{"C:\\Users\\maria.lopez\\Downloads", ".VaultCredentials"}, Failure{5, "list"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("file_on_network: the repair copies the file into the program's own folder")
{
    const std::string path = "\\\\files\\share\\vault.VaultCredentials";
    RecordedMachine machine = WithFileAt(path);
    machine.Set(ReadFileInfo{kCopies + "vault.VaultCredentials"}, Absent{});
    const RepairProposal proposal = Propose(Cause(), machine, Giving(path));
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(proposal.plan.changes == std::vector<Change>{CopyFile{path, kCopies + "vault.VaultCredentials"}});
    CHECK(IsReversible(proposal.plan));
    CHECK_FALSE(proposal.plan.disturbs);
}

TEST_CASE("file_on_network: the copy takes a name that is free")
{
    const std::string path = "\\\\files\\share\\vault.VaultCredentials";
    RecordedMachine machine = WithFileAt(path);
    machine.Set(ReadFileInfo{kCopies + "vault.VaultCredentials"}, FileInfo{});
    machine.Set(ReadFileInfo{kCopies + "vault (2).VaultCredentials"}, Absent{});
    const RepairProposal proposal = Propose(Cause(), machine, Giving(path));
    CHECK(
        proposal.plan.changes == std::vector<Change>{CopyFile{path, kCopies + "vault (2).VaultCredentials"}});
    for (int i = 2; i <= 100; ++i)
    {
        machine.Set(ReadFileInfo{kCopies + "vault (" + std::to_string(i) + ").VaultCredentials"}, FileInfo{});
    }
    CHECK(Propose(Cause(), machine, Giving(path)).kind == RepairProposal::Kind::kGuided);
}

TEST_CASE("file_on_network: a local file needs no repair")
{
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
