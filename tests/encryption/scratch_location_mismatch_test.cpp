// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/volumes.h"
#include "scratch.h"

namespace mars::test
{
namespace
{

const RootCause& Cause()
{
    return *FindRootCause("encryption.scratch_location_mismatch");
}

/// Config names D:\MARS\Scratch, the provider the healthy folder; only the healthy one holds the key file.
RecordedMachine WithTwoFolders()
{
    RecordedMachine machine = HealthyServer();
    AddOtherFolder(machine);
    machine.Set(ReadFileInfo{"C:\\Program Files"}, Folder());
    SetLocations(machine, kOther, kScratch);
    return machine;
}

void CheckGuided(const RecordedMachine& machine)
{
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kGuided);
}

/// The changes of registry values in a plan, "key=text".
std::vector<std::string> Writes(const RepairProposal& proposal)
{
    std::vector<std::string> writes;
    for (const Change& change : proposal.plan.changes)
    {
        if (const auto* write = std::get_if<SetRegistryValue>(&change))
        {
            writes.push_back(write->path.key + "=" + write->after->AsString().value());
        }
    }
    return writes;
}

} // namespace

TEST_CASE("scratch_location_mismatch: the same folder in another spelling passes")
{
    RecordedMachine machine = HealthyServer();
    CheckPassed(Detect(Cause(), machine));
    SetLocations(machine, std::string(kScratch) + "\\", FoldCase(kScratch));
    SetKeyFile(machine, FoldCase(kScratch), KeyFile());
    machine.Set(ReadFileInfo{FoldCase(kScratch)}, Folder());
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("scratch_location_mismatch: two folders are an error, with the age of each")
{
    const Outcome outcome = Detect(Cause(), WithTwoFolders());
    CheckProblem(outcome, Level::kError, "differ");
    CHECK(outcome.Text("config_value") == kOther);
    CHECK(outcome.Text("provider_value") == kScratch);
    CHECK(outcome.facts.at("config_has_key_file") == Fact(false));
    CHECK(outcome.facts.at("provider_has_key_file") == Fact(true));
    CHECK(outcome.facts.at("provider_key_file_written") == Fact(kNow - std::chrono::days(200)));
    CHECK(outcome.facts.at("config_folder_written") == Fact(kNow - std::chrono::days(1)));
}

TEST_CASE("scratch_location_mismatch: two whole folders are a move that is half done")
{
    RecordedMachine machine = WithTwoFolders();
    SetKeyFile(machine, kOther, KeyFile());
    CheckProblem(Detect(Cause(), machine), Level::kError, "half_moved");
    CheckGuided(machine);
    machine.Set(ReadFileInfo{kOther}, Failure{code::kAccessDenied, "x"});
    CheckProblem(Detect(Cause(), machine), Level::kError, "differ");
}

TEST_CASE("scratch_location_mismatch: a malformed value is an error, also where both mean the same folder")
{
    RecordedMachine machine = HealthyServer();
    SetLocations(
        machine, "C:\\\\Program Files\\\\Microsoft Azure Recovery Services Agent\\\\Scratch", kScratch);
    CheckProblem(Detect(Cause(), machine), Level::kError, "malformed");
    SetLocations(machine, "Scratch", "Scratch");
    CheckProblem(Detect(Cause(), machine), Level::kError, "malformed");
    machine = HealthyServer();
    machine.Set(ReadRegistryValue{kProviderValue}, RegistryValue::Dword(1));
    CheckProblem(Detect(Cause(), machine), Level::kError, "malformed");
}

TEST_CASE("scratch_location_mismatch: a missing value is a warning")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadRegistryValue{kProviderValue}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "provider_missing");
    machine.Set(ReadRegistryValue{kConfigValue}, Absent{});
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "both_missing");
    machine.Set(ReadRegistryValue{kProviderValue}, RegistryValue::String(kScratch));
    CheckProblem(Detect(Cause(), machine), Level::kWarning, "config_missing");
}

TEST_CASE("scratch_location_mismatch: a value that cannot be read could not be checked")
{
    for (const RegistryPath& path : {kConfigValue, kProviderValue})
    {
        RecordedMachine machine = WithTwoFolders();
        machine.Set(ReadRegistryValue{path}, Failure{code::kAccessDenied, "x"});
        CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    }
}

TEST_CASE("scratch_location_mismatch: folders that cannot be asked hide no problem")
{
    RecordedMachine machine = WithTwoFolders();
    for (const char* folder : {kOther, kScratch})
    {
        machine.Set(ReadFileInfo{folder}, Failure{code::kAccessDenied, "x"});
        SetKeyFile(machine, folder, Failure{code::kAccessDenied, "x"});
    }
    const Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "differ");
    CHECK_FALSE(outcome.facts.contains("config_has_key_file"));
    CheckGuided(machine);
}

TEST_CASE("scratch_location_mismatch: needs the agent")
{
    CheckNeedsAgent(Cause());
}

TEST_CASE("scratch_location_mismatch: the repair names the folder with the key file and restarts the agent")
{
    const RepairProposal proposal = Propose(Cause(), WithTwoFolders());
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(Writes(proposal) == std::vector<std::string>{kConfigValue.key + "=" + kScratch});
    REQUIRE(proposal.plan.changes.size() == 2);
    const auto* write = std::get_if<SetRegistryValue>(&proposal.plan.changes[0]);
    REQUIRE(write != nullptr);
    CHECK(write->before == RegistryValue::String(kOther));
    CHECK(proposal.plan.changes[1] == Change(RestartService{"obengine"}));
    CHECK(proposal.plan.disturbs);
    CHECK(IsReversible(proposal.plan));
}

TEST_CASE("scratch_location_mismatch: the repair writes the value that is missing or malformed")
{
    RecordedMachine machine = WithTwoFolders();
    machine.Set(ReadRegistryValue{kConfigValue}, Absent{});
    RepairProposal proposal = Propose(Cause(), machine);
    CHECK(Writes(proposal) == std::vector<std::string>{kConfigValue.key + "=" + kScratch});
    CHECK_FALSE(std::get<SetRegistryValue>(proposal.plan.changes.at(0)).before);

    machine.Set(ReadRegistryValue{kProviderValue}, Absent{});
    proposal = Propose(Cause(), machine);
    CHECK(Writes(proposal)
        == std::vector<std::string>{kConfigValue.key + "=" + kScratch, kProviderValue.key + "=" + kScratch});

    const std::string doubled = "C:\\\\Program Files\\Microsoft Azure Recovery Services Agent\\Scratch\\\\";
    SetLocations(machine, kScratch, doubled);
    proposal = Propose(Cause(), machine);
    CHECK(Writes(proposal) == std::vector<std::string>{kProviderValue.key + "=" + kScratch});
}

TEST_CASE("scratch_location_mismatch: a choice between folders is for a person")
{
    RecordedMachine machine = WithTwoFolders();
    SetKeyFile(machine, kOther, KeyFile(1));
    CheckGuided(machine);
    SetKeyFile(machine, kOther, Absent{});
    SetKeyFile(machine, kScratch, Absent{});
    CheckGuided(machine);
    SetKeyFile(machine, kScratch, KeyFile());
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kPlanned);
    SetKeyFile(machine, kOther, Failure{code::kAccessDenied, "x"});
    CheckGuided(machine);
}

TEST_CASE("scratch_location_mismatch: a folder that must not be a scratch folder is never written")
{
    for (const std::uint32_t forbidden : {file_attribute::kReparsePoint, file_attribute::kCompressed,
             file_attribute::kEncrypted, file_attribute::kSparse})
    {
        RecordedMachine machine = WithTwoFolders();
        machine.Set(ReadFileInfo{kScratch}, Folder(forbidden));
        CheckGuided(machine);
    }
    RecordedMachine machine = WithTwoFolders();
    machine.Set(ReadFileInfo{"C:\\Program Files"}, Folder(file_attribute::kReparsePoint));
    CheckGuided(machine);
    machine.Set(ReadFileInfo{"C:\\Program Files"}, Failure{code::kAccessDenied, "x"});
    CheckGuided(machine);
    machine = WithTwoFolders();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    CheckGuided(machine);
    for (const DriveKind kind : {DriveKind::kRemote, DriveKind::kRemovable, DriveKind::kUnknown})
    {
        machine = WithTwoFolders();
        Edit(machine, ReadVolume{kScratch}, [&](VolumeInfo& volume) { volume.kind = kind; });
        CheckGuided(machine);
    }
}

TEST_CASE("scratch_location_mismatch: there is nothing to do when both are right")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{"C:\\Program Files"}, Folder());
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
