// SPDX-License-Identifier: MIT
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "scratch.h"

namespace mars::test
{
namespace
{

constexpr const char* kProgramFiles = "C:\\Program Files";
constexpr std::uint64_t kGiB = 1ULL << 30;
/// What has to stay free in any case.
constexpr std::uint64_t kReserve = 5 * kGiB / 2;

const RootCause& Cause()
{
    return *FindRootCause("encryption.scratch_attributes");
}

void AddAttribute(RecordedMachine& machine, const char* folder, std::uint32_t attribute)
{
    Edit(machine, ReadFileInfo{folder}, [&](FileInfo& info) { info.attributes |= attribute; });
}

RecordedMachine WithAttribute(const char* folder, std::uint32_t attribute)
{
    RecordedMachine machine = HealthyServer();
    AddAttribute(machine, folder, attribute);
    return machine;
}

void EditSurvey(RecordedMachine& machine, const std::function<void(FolderSurvey&)>& edit)
{
    Edit(machine, SurveyFolder{kScratch}, edit);
}

/// The scratch folder and two files in it, which need 1 GB more.
RecordedMachine Compressed()
{
    RecordedMachine machine = WithAttribute(kScratch, file_attribute::kCompressed);
    EditSurvey(machine, [](FolderSurvey& survey) {
        survey.compressed = 2;
        survey.compressedBytes = 3 * kGiB;
        survey.compressedStoredBytes = 2 * kGiB;
    });
    return machine;
}

void SetFree(RecordedMachine& machine, std::uint64_t bytes)
{
    Edit(machine, ReadVolume{kScratch}, [&](VolumeInfo& volume) { volume.freeBytes = bytes; });
}

void CheckGuided(const RecordedMachine& machine, const std::string& reason = {})
{
    const RepairProposal proposal = Propose(Cause(), machine);
    CHECK(proposal.kind == RepairProposal::Kind::kGuided);
    CHECK(proposal.reason == reason);
}

} // namespace

TEST_CASE("scratch_attributes: a plain folder passes, and the agent's own sparse files with it")
{
    CheckPassed(Detect(Cause(), HealthyServer()));
    CheckPassed(Detect(Cause(), WithAttribute(kScratch, file_attribute::kSparse)));
}

TEST_CASE("scratch_attributes: each forbidden attribute of the folder or one above it is an error")
{
    for (const char* folder : {kScratch, kProgramFiles})
    {
        for (const auto& [attribute, textCase, fact] :
            {std::tuple(file_attribute::kEncrypted, "encrypted", "encrypted_folders"),
                std::tuple(file_attribute::kCompressed, "compressed", "compressed_folders"),
                std::tuple(file_attribute::kReparsePoint, "link", "link_folders")})
        {
            const Outcome outcome = Detect(Cause(), WithAttribute(folder, attribute));
            CheckProblem(outcome, Level::kError, textCase);
            CHECK(outcome.facts.at(fact) == Fact(std::vector<std::string>{folder}));
        }
    }
}

TEST_CASE("scratch_attributes: what the folder holds counts too")
{
    RecordedMachine machine = HealthyServer();
    EditSurvey(machine, [](FolderSurvey& survey) { survey.compressed = 1; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "compressed");
    EditSurvey(machine, [](FolderSurvey& survey) { survey.deduplicated = 1; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "deduplicated");
    EditSurvey(machine, [](FolderSurvey& survey) { survey.encrypted = 1; });
    CheckProblem(Detect(Cause(), machine), Level::kError, "encrypted");
}

TEST_CASE("scratch_attributes: what cannot be asked lets nothing pass and hides no problem")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(SurveyFolder{kScratch}, Failure{code::kTimeout, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    AddAttribute(machine, kScratch, file_attribute::kCompressed);
    CheckProblem(Detect(Cause(), machine), Level::kError, "compressed");
    CheckGuided(machine, "space_not_proven");
    machine = HealthyServer();
    machine.Set(ReadFileInfo{kProgramFiles}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(ReadFileInfo{kScratch}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("scratch_attributes: needs the agent and the folder")
{
    CheckNeedsAgent(Cause());
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);
    SetLocations(machine, "Scratch", "Scratch");
    CheckNotApplicable(Detect(Cause(), machine), reason::kScratchFolderMissing);
    machine.Set(ReadRegistryValue{kConfigValue}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("scratch_attributes: the repair stops the agent, uncompresses and starts it again")
{
    RepairProposal proposal = Propose(Cause(), Compressed());
    REQUIRE(proposal.kind == RepairProposal::Kind::kPlanned);
    CHECK(proposal.plan.disturbs);
    CHECK_FALSE(IsReversible(proposal.plan));
    REQUIRE(proposal.plan.changes.size() == 3);
    CHECK(proposal.plan.changes[0] == Change(StopService{"obengine"}));
    CHECK(proposal.plan.changes[1] == Change(UncompressFolder{kScratch, 3, kGiB}));
    CHECK(proposal.plan.changes[2] == Change(StartService{"obengine"}));

    RecordedMachine machine = Compressed();
    Edit(machine, QueryService{"obengine"},
        [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
    proposal = Propose(Cause(), machine);
    CHECK(proposal.plan.changes == std::vector<Change>{UncompressFolder{kScratch, 3, kGiB}});
}

TEST_CASE("scratch_attributes: the repair needs proof of enough space")
{
    RecordedMachine machine = Compressed();
    SetFree(machine, kReserve + kGiB);
    CHECK(Propose(Cause(), machine).kind == RepairProposal::Kind::kPlanned);
    SetFree(machine, kReserve + kGiB - 1);
    CheckGuided(machine, "not_enough_space");
    SetFree(machine, 0);
    CheckGuided(machine, "not_enough_space");
    machine.Set(ReadVolume{kScratch}, Failure{code::kTimeout, "x"});
    CheckGuided(machine, "space_not_proven");
    machine = Compressed();
    EditSurvey(machine, [](FolderSurvey& survey) { survey.truncated = true; });
    CheckGuided(machine, "space_not_proven");
    machine = Compressed();
    EditSurvey(machine, [](FolderSurvey& survey) { survey.compressedStoredBytes = 4 * kGiB; });
    CheckGuided(machine, "space_not_proven");
    machine = Compressed();
    machine.Set(QueryService{"obengine"}, Absent{});
    CheckGuided(machine, "space_not_proven");
}

TEST_CASE("scratch_attributes: everything but compression of the folder itself is for a person")
{
    for (const std::uint32_t attribute : {file_attribute::kEncrypted, file_attribute::kReparsePoint})
    {
        RecordedMachine machine = Compressed();
        AddAttribute(machine, kScratch, attribute);
        CheckGuided(machine);
    }
    RecordedMachine machine = Compressed();
    AddAttribute(machine, kProgramFiles, file_attribute::kCompressed);
    CheckGuided(machine);
    CheckGuided(WithAttribute(kProgramFiles, file_attribute::kCompressed));
    machine = Compressed();
    EditSurvey(machine, [](FolderSurvey& survey) { survey.deduplicated = 1; });
    CheckGuided(machine);
    CHECK(Propose(Cause(), HealthyServer()).kind == RepairProposal::Kind::kNothingToDo);
}

} // namespace mars::test
