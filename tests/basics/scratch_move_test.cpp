// SPDX-License-Identifier: MIT
#include "agent.h"
#include "catalogue.h"
#include "knowledge.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "scratch.h"
#include "test_support.h"

#include <fmt/format.h>

#include <algorithm>

/// The move of the scratch folder, stage by stage, as the check of its free space (B-4) tells it.
namespace mars::test
{
namespace
{

constexpr std::uint64_t kGB = std::uint64_t{1} << 30;
constexpr const char* kNew = "E:\\MARS\\Scratch";
const std::string kOldKey = std::string(kScratch) + "\\OnlineBackup.KEK";
const std::string kNewKey = std::string(kNew) + "\\OnlineBackup.KEK";
/// The copy was made three hours ago, on a server whose service had run for ten days.
constexpr Timestamp kCopied = kNow - std::chrono::hours(3);

const RootCause& Cause()
{
    return *FindRootCause("basics.scratch_space_low");
}

FileInfo FolderMade(Timestamp created, std::uint32_t attributes = 0)
{
    FileInfo folder;
    folder.name = "Scratch";
    folder.attributes = file_attribute::kDirectory | attributes;
    folder.created = created;
    folder.written = created;
    return folder;
}

FileInfo KeyOf(std::uint64_t bytes)
{
    FileInfo key;
    key.name = kKeyFileName;
    key.attributes = 0x20;
    key.bytes = bytes;
    return key;
}

FolderSurvey Content(std::uint64_t files, std::uint64_t bytes)
{
    FolderSurvey content;
    content.files = files;
    content.bytes = bytes;
    return content;
}

/// The scratch folder of 12 files and 3 GB on a volume with 1 GB left; E: has room.
RecordedMachine FullVolume()
{
    RecordedMachine machine = AdvisedServer();
    Edit(machine, ReadVolume{kScratch}, [](VolumeInfo& volume) { volume.freeBytes = kGB; });
    return machine;
}

void SetService(RecordedMachine& machine, ServiceState state, std::optional<Timestamp> started = std::nullopt)
{
    Edit(machine, QueryService{kAgentService}, [&](ServiceStatus& service) {
        service.state = state;
        service.processStarted = started;
    });
}

void SetValues(RecordedMachine& machine, const std::string& config, const std::string& provider)
{
    machine.Set(ReadRegistryValue{{kAgentConfigKey, "ScratchLocation"}}, RegistryValue::String(config));
    machine.Set(ReadRegistryValue{{kAgentProviderKey, "ScratchLocation"}}, RegistryValue::String(provider));
}

void SetLastSuccess(RecordedMachine& machine, Timestamp when)
{
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}},
        EventList{{{3, when}, {1, when - std::chrono::minutes(30)}}});
}

RecordedMachine Stopped()
{
    RecordedMachine machine = FullVolume();
    SetService(machine, ServiceState::kStopped);
    return machine;
}

RecordedMachine Copied()
{
    RecordedMachine machine = Stopped();
    machine.Set(ReadFileInfo{kNew}, FolderMade(kCopied));
    machine.Set(ReadFileInfo{kNewKey}, KeyOf(800));
    machine.Set(SurveyFolder{kNew}, Content(12, 3 * kGB));
    machine.Set(
        ReadVolume{kNew}, VolumeInfo{"E:\\", DriveKind::kFixed, "NTFS", 1000 * kGB, 797 * kGB, false});
    return machine;
}

RecordedMachine Switched()
{
    RecordedMachine machine = Copied();
    SetValues(machine, kNew, kNew);
    return machine;
}

RecordedMachine Started()
{
    RecordedMachine machine = Switched();
    SetService(machine, ServiceState::kRunning, kNow - std::chrono::hours(2));
    return machine;
}

RecordedMachine BackedUp()
{
    RecordedMachine machine = Started();
    SetLastSuccess(machine, kNow - std::chrono::hours(1));
    return machine;
}

/// The state of every step that has one, in the order of the steps: d(one), o(pen), u(nknown), - (not told).
std::string Steps(const Outcome& outcome)
{
    std::string states;
    for (const char* step :
        {"target", "idle", "stopped", "unmounted", "copy", "values", "started", "backup", "deleted"})
    {
        const std::string word = outcome.Text(fmt::format("step_{}", step));
        states += word.empty() ? '-' : word.front();
    }
    return states;
}

bool CanGoBack(const Outcome& outcome)
{
    return outcome.facts.at("can_go_back") == Fact(true);
}

EntryText TextOf(const Outcome& outcome, Language language = Language::kEnglish)
{
    return BuiltInKnowledge().TextFor(Cause().id, outcome, language);
}

/// The text of the step to take now; empty: there is none.
std::string NextText(const Outcome& outcome)
{
    for (const GuidedStep& step : TextOf(outcome).steps)
    {
        if (step.state == GuidedState::kNext)
        {
            return step.text;
        }
    }
    return {};
}

void CheckNext(const Outcome& outcome, const std::string& begin)
{
    const std::string text = NextText(outcome);
    CHECK_MESSAGE(text.starts_with("Next: " + begin), text);
}

/// No text of any language has a gap.
void CheckNoGaps(const Outcome& outcome)
{
    for (const auto& [language, gap] :
        {std::pair(Language::kEnglish, "unknown"), std::pair(Language::kSpanish, "desconocido")})
    {
        const EntryText text = TextOf(outcome, language);
        CHECK_MESSAGE(text.evidence.find(gap) == std::string::npos, text.evidence);
        for (const GuidedStep& step : text.steps)
        {
            CHECK_MESSAGE(step.text.find(gap) == std::string::npos, step.text);
        }
    }
}

} // namespace

TEST_CASE("scratch_move: nothing is told where no move has begun and none is called for")
{
    const Outcome outcome = Detect(Cause(), AdvisedServer());
    CHECK(Steps(outcome) == "---------");
    CHECK_FALSE(outcome.facts.contains("move_to"));
    CHECK_FALSE(HasOpenSteps(outcome.facts));
}

TEST_CASE("scratch_move: a full volume calls for it, with the place to move to")
{
    const Outcome outcome = Detect(Cause(), FullVolume());
    CheckProblem(outcome, Level::kError, "below_minimum");
    CHECK(Steps(outcome) == "ddodooooo");
    CHECK(outcome.Text("move_to") == kNew);
    CHECK(outcome.facts.at("move_volumes") == Fact(std::vector<std::string>{"E:\\"}));
    CHECK(outcome.Text("copy_command")
        == fmt::format("robocopy \"{}\" \"{}\" /E /COPYALL /XJ /R:1 /W:1", kScratch, kNew));
    CheckNext(outcome, "Stop the service");
    CHECK_FALSE(CanGoBack(outcome));
    CheckNoGaps(outcome);
}

TEST_CASE("scratch_move: the volume must hold the copy and have enough left, and the roomiest comes first")
{
    RecordedMachine machine = FullVolume();
    Edit(machine, ListVolumes{}, [](LocalVolumeList& list) {
        LocalVolume volume = list.volumes.front();
        volume.paths = {"F:\\"};
        list.volumes.push_back(volume);
    });
    machine.Set(ReadFileInfo{"F:\\MARS\\Scratch"}, Absent{});
    const auto setFree = [&](std::uint64_t bytes) {
        machine.Set(
            ReadVolume{"F:\\"}, VolumeInfo{"F:\\", DriveKind::kFixed, "NTFS", 100 * kGB, bytes, false});
        return Detect(Cause(), machine).facts.at("move_volumes");
    };
    // 5 % of the volume and 3 GB for the copy.
    CHECK(setFree(8 * kGB) == Fact(std::vector<std::string>{"E:\\", "F:\\"}));
    CHECK(setFree(8 * kGB - 1) == Fact(std::vector<std::string>{"E:\\"}));
    machine.Set(
        ReadVolume{"E:\\"}, VolumeInfo{"E:\\", DriveKind::kFixed, "NTFS", 100 * kGB, 20 * kGB, false});
    CHECK(setFree(50 * kGB) == Fact(std::vector<std::string>{"F:\\", "E:\\"}));
}

TEST_CASE("scratch_move: 10 percent of the backup data count for the new volume too")
{
    Given given;
    given.dataBytes = 797 * kGB * 10;
    CHECK(Detect(Cause(), FullVolume(), given).Text("move_to") == kNew);
    *given.dataBytes += 1;
    const Outcome outcome = Detect(Cause(), FullVolume(), given);
    CHECK_FALSE(outcome.facts.contains("move_to"));
    CHECK(Steps(outcome) == "ododooooo");
    CheckNext(outcome, "Or move the scratch folder to another local volume: a fixed drive");
    CheckNoGaps(outcome);
}

TEST_CASE("scratch_move: volumes that cannot hold a scratch folder are not proposed")
{
    const auto proposed = [](auto change) {
        RecordedMachine machine = FullVolume();
        Edit(machine, ListVolumes{}, [&](LocalVolumeList& list) { change(list.volumes.back()); });
        return Detect(Cause(), machine).facts.contains("move_to");
    };
    CHECK(proposed([](LocalVolume&) {}));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.kind = DriveKind::kRemovable; }));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.fileSystem = "ReFS"; }));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.readOnly = true; }));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.locked = true; }));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.empty = true; }));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.code = 21; }));
    CHECK_FALSE(proposed([](LocalVolume& volume) { volume.paths = {"C:\\Data\\"}; }));
}

TEST_CASE("scratch_move: it waits for a job, and for an offline backup")
{
    RecordedMachine machine = FullVolume();
    Given given;
    given.offlineSeeding = true;
    CHECK(Steps(Detect(Cause(), machine, given)) == "doodooooo");
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}},
        EventList{{{1, kNow - std::chrono::minutes(10)}, {3, kNow - std::chrono::hours(20)}}});
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "doodooooo");
    CheckNext(outcome, "Make sure that no backup");
}

TEST_CASE("scratch_move: with the service stopped the copy is next")
{
    const Outcome outcome = Detect(Cause(), Stopped());
    CHECK(Steps(outcome) == "ddddooooo");
    CheckNext(outcome, "Copy the whole scratch folder; copy, do not move. In a Command Prompt");
    CHECK_FALSE(CanGoBack(outcome));
}

TEST_CASE("scratch_move: a disk that is mounted in the scratch folder is unmounted first")
{
    RecordedMachine machine = Stopped();
    Edit(machine, ListVolumes{}, [](LocalVolumeList& list) {
        list.volumes.front().paths.push_back(std::string(kScratch) + "\\SSBV\\CBSSBVol_1\\");
    });
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "dddoooooo");
    CheckNext(outcome, "If the system state is backed up");
}

TEST_CASE("scratch_move: a whole copy is seen, and the values come next")
{
    const Outcome outcome = Detect(Cause(), Copied());
    CheckProblem(outcome, Level::kError, "below_minimum");
    CHECK(Steps(outcome) == "dddddoooo");
    CHECK(outcome.Text("move_from") == kScratch);
    CHECK(outcome.Text("move_to") == kNew);
    CHECK(outcome.facts.at("move_to_files") == Fact(std::int64_t{12}));
    CheckNext(outcome, "Set ScratchLocation in both keys");
    CHECK(NextText(outcome).ends_with(kNew));
    CHECK_FALSE(CanGoBack(outcome));
    CheckNoGaps(outcome);
}

TEST_CASE("scratch_move: half a copy is not taken for a copy")
{
    const std::string less = "does not hold as many files and bytes";
    const std::string more = "holds more than the old folder";
    for (const auto& [content, fault] : {std::pair(Content(11, 3 * kGB), less),
             std::pair(Content(12, 3 * kGB - 1), less), std::pair(Content(13, 3 * kGB - 1), less),
             std::pair(Content(13, 3 * kGB), more), std::pair(Content(12, 3 * kGB + 1), more)})
    {
        RecordedMachine machine = Copied();
        machine.Set(SurveyFolder{kNew}, content);
        const Outcome outcome = Detect(Cause(), machine);
        CHECK(Steps(outcome) == "ddddooooo");
        CheckNext(outcome, "The copy is not good: E:\\MARS\\Scratch " + fault);
        CheckNoGaps(outcome);
    }
}

TEST_CASE("scratch_move: a copy without the key file, or with another one, is no copy")
{
    RecordedMachine machine = Copied();
    machine.Set(ReadFileInfo{kNewKey}, Absent{});
    Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "ddddooooo");
    CheckNext(outcome, "The copy is not good: OnlineBackup.KEK is missing in E:\\MARS\\Scratch");
    machine.Set(ReadFileInfo{kNewKey}, KeyOf(799));
    outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "ddddooooo");
    CheckNext(outcome, "The copy is not good: OnlineBackup.KEK in E:\\MARS\\Scratch is not as large");
    machine.Set(ReadFileInfo{kOldKey}, Absent{});
    machine.Set(ReadFileInfo{kNewKey}, Absent{});
    CHECK(Steps(Detect(Cause(), machine)) == "dddddoooo");
}

TEST_CASE("scratch_move: an encrypted, compressed, deduplicated or linked copy is not used")
{
    for (const std::uint32_t attribute :
        {file_attribute::kEncrypted, file_attribute::kCompressed, file_attribute::kReparsePoint})
    {
        RecordedMachine machine = Copied();
        machine.Set(ReadFileInfo{kNew}, FolderMade(kCopied, attribute));
        CHECK(Steps(Detect(Cause(), machine)) == "ddddooooo");
    }
    for (std::uint64_t FolderSurvey::*count :
        {&FolderSurvey::encrypted, &FolderSurvey::compressed, &FolderSurvey::deduplicated})
    {
        RecordedMachine machine = Copied();
        Edit(machine, SurveyFolder{kNew}, [&](FolderSurvey& content) { content.*count = 1; });
        CHECK(Steps(Detect(Cause(), machine)) == "ddddooooo");
    }
}

TEST_CASE("scratch_move: one value of the two is half a step, and the way back is open")
{
    RecordedMachine machine = Copied();
    SetValues(machine, kNew, kScratch);
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "move_unfinished");
    CHECK(outcome.Text("move_from") == kScratch);
    CHECK(outcome.Text("move_to") == kNew);
    CHECK(Steps(outcome) == "dddddoooo");
    CHECK(CanGoBack(outcome));
    CheckNext(outcome, "This step is half done");
    CheckNoGaps(outcome);
    SetValues(machine, kScratch, kNew);
    outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "below_minimum");
    CHECK(Steps(outcome) == "dddddoooo");
    CHECK(CanGoBack(outcome));
    SetService(machine, ServiceState::kRunning, kNow - std::chrono::hours(2));
    CHECK(Steps(Detect(Cause(), machine)) == "ddoddoooo");
    CheckNext(Detect(Cause(), machine), "Stop the service");
}

TEST_CASE("scratch_move: a value set before there is a copy stops at the copy")
{
    RecordedMachine machine = Stopped();
    SetValues(machine, kScratch, kNew);
    machine.Set(ReadFileInfo{kNewKey}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "ddddooooo");
    CHECK(CanGoBack(outcome));
    CheckNext(outcome, "Copy the whole scratch folder");
}

TEST_CASE("scratch_move: values that differ are no move where only one folder holds the key file")
{
    const std::string place = "C:\\MARS Cache\\Scratch";
    RecordedMachine machine = AdvisedServer();
    machine.Set(ReadFileInfo{place}, FolderMade(kCopied));
    machine.Set(ReadFileInfo{place + "\\OnlineBackup.KEK"}, KeyOf(800));
    machine.Set(ReadFileInfo{kOldKey}, Absent{});
    machine.Set(
        ReadVolume{place}, VolumeInfo{"C:\\", DriveKind::kFixed, "NTFS", 500 * kGB, 200 * kGB, false});
    for (const auto& [config, provider] :
        {std::pair(place, std::string(kScratch)), std::pair(std::string(kScratch), place)})
    {
        SetValues(machine, config, provider);
        const Outcome outcome = Detect(Cause(), machine);
        CheckPassed(outcome);
        CHECK(outcome.Text("scratch_folder") == place);
        CHECK_FALSE(outcome.facts.contains("move_begun"));
    }
    // With the key file in both it is one.
    machine.Set(ReadFileInfo{kOldKey}, KeyOf(800));
    machine.Set(SurveyFolder{place}, Content(12, 3 * kGB));
    CHECK(Detect(Cause(), machine).facts.at("move_begun") == Fact(true));
}

TEST_CASE("scratch_move: doubled backslashes do not count as set")
{
    RecordedMachine machine = Copied();
    SetValues(machine, kNew, "E:\\\\MARS\\\\Scratch");
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "dddddoooo");
    CHECK(CanGoBack(outcome));
}

TEST_CASE("scratch_move: with both values set the service is next")
{
    RecordedMachine machine = Switched();
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "move_unfinished");
    CHECK(Steps(outcome) == "ddddddooo");
    CHECK(CanGoBack(outcome));
    CheckNext(outcome, "Start the service again");
    for (const ServiceState state : {ServiceState::kStartPending, ServiceState::kPaused})
    {
        SetService(machine, state, kNow - std::chrono::minutes(1));
        CHECK(Detect(Cause(), machine).Text("step_started") == "open");
    }
}

TEST_CASE("scratch_move: a service that was not restarted still uses the old folder")
{
    RecordedMachine machine = Switched();
    SetService(machine, ServiceState::kRunning, kCopied);
    CHECK(Steps(Detect(Cause(), machine)) == "ddodddooo");
    SetService(machine, ServiceState::kRunning, kCopied + std::chrono::seconds(1));
    CHECK(Steps(Detect(Cause(), machine)) == "dddddddoo");
}

TEST_CASE("scratch_move: an incomplete copy in use shows the way back")
{
    RecordedMachine machine = Started();
    machine.Set(SurveyFolder{kNew}, Content(4, kGB));
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "ddddoddoo");
    CHECK(CanGoBack(outcome));
    const auto steps = TextOf(outcome).steps;
    REQUIRE(steps.size() > 3);
    CHECK(steps.back().text.starts_with("To go back"));
    CHECK_FALSE(steps.back().state);
}

TEST_CASE("scratch_move: only a backup since the service was started proves the new folder")
{
    RecordedMachine machine = Started();
    // The copy grows as soon as the agent works with it.
    machine.Set(SurveyFolder{kNew}, Content(13, 4 * kGB));
    Outcome outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "dddddddoo");
    CHECK(CanGoBack(outcome));
    CheckNext(outcome, "Run a backup");
    SetLastSuccess(machine, kNow - std::chrono::hours(2));
    CHECK(Detect(Cause(), machine).Text("step_backup") == "open");
    SetLastSuccess(machine, kNow - std::chrono::hours(2) + std::chrono::seconds(1));
    outcome = Detect(Cause(), machine);
    CHECK(Steps(outcome) == "ddddddddo");
    CHECK(outcome.Text("case") == "old_folder_left");
}

TEST_CASE("scratch_move: after a backup the old folder may go, and a person deletes it")
{
    const Outcome outcome = Detect(Cause(), BackedUp());
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "old_folder_left");
    CHECK(Steps(outcome) == "ddddddddo");
    CHECK_FALSE(CanGoBack(outcome));
    CheckNext(outcome, "Only after that backup has succeeded, delete the old folder C:\\Program Files");
    CHECK(HasOpenSteps(outcome.facts));
    CheckNoGaps(outcome);
}

TEST_CASE("scratch_move: long after the move a restart of the server does not open it again")
{
    RecordedMachine machine = BackedUp();
    machine.Set(SurveyFolder{kNew}, Content(20, 9 * kGB));
    SetService(machine, ServiceState::kRunning, kNow - std::chrono::minutes(5));
    const auto copied = [&](std::chrono::seconds ago) {
        machine.Set(ReadFileInfo{kNew}, FolderMade(kNow - ago));
        return Detect(Cause(), machine);
    };
    // The newest backup is an hour old.
    const std::chrono::seconds settled = std::chrono::days(7) + std::chrono::hours(1);
    CHECK(Steps(copied(settled)) == "dddddddoo");
    CHECK(CanGoBack(copied(settled)));
    CHECK(Steps(copied(settled + std::chrono::seconds(1))) == "ddddddddo");
    machine.Set(SurveyFolder{kNew}, Content(11, kGB));
    CHECK(Steps(copied(std::chrono::days(100))) == "ddddudddo");
}

TEST_CASE("scratch_move: after a month the old folder is nothing to go back to")
{
    RecordedMachine machine = Started();
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{});
    machine.Set(ReadEvents{"CloudBackup/Operational", {1, 3, 10, 11}}, Absent{});
    machine.Set(ReadFileInfo{kNew}, FolderMade(kNow - std::chrono::days(30)));
    CHECK(CanGoBack(Detect(Cause(), machine)));
    machine.Set(ReadFileInfo{kNew}, FolderMade(kNow - std::chrono::days(30) - std::chrono::seconds(1)));
    CHECK_FALSE(CanGoBack(Detect(Cause(), machine)));
    CHECK(Detect(Cause(), machine).Text("step_backup") == "open");
}

TEST_CASE("scratch_move: it is over when the old folder is gone")
{
    RecordedMachine machine = BackedUp();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    machine.Set(ReadFileInfo{kOldKey}, Absent{});
    const Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(Steps(outcome) == "---------");
    CHECK_FALSE(outcome.facts.contains("case"));
}

TEST_CASE("scratch_move: an old folder deleted before a backup is told, and nothing is called done for it")
{
    RecordedMachine machine = Started();
    machine.Set(ReadFileInfo{kScratch}, Absent{});
    machine.Set(ReadFileInfo{kOldKey}, Absent{});
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "old_folder_gone");
    CHECK(outcome.Text("step_copy").empty());
    CHECK(outcome.Text("step_deleted").empty());
    CHECK(outcome.Text("step_backup") == "open");
    CHECK_FALSE(CanGoBack(outcome));
    CheckNext(outcome, "Run a backup");
    CheckNoGaps(outcome);
    machine.Set(ReadFileInfo{kNewKey}, Absent{});
    outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("step_copy") == "open");
    CheckNoGaps(outcome);
}

TEST_CASE("scratch_move: after the roll-back the copy waits for another try")
{
    RecordedMachine machine = Copied();
    SetService(machine, ServiceState::kRunning, kNow - std::chrono::minutes(5));
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("move_to") == kNew);
    CHECK(Steps(outcome) == "ddoddoooo");
    CHECK_FALSE(CanGoBack(outcome));
}

TEST_CASE("scratch_move: a second move leads on from the place of the first")
{
    RecordedMachine machine = BackedUp();
    Edit(machine, ReadVolume{kNew}, [](VolumeInfo& volume) { volume.freeBytes = kGB; });
    Edit(machine, ReadVolume{"C:\\"}, [](VolumeInfo& volume) { volume.freeBytes = 400 * kGB; });
    Outcome outcome = Detect(Cause(), machine);
    CheckProblem(outcome, Level::kError, "below_minimum");
    CHECK(outcome.Text("move_from") == kNew);
    CHECK(outcome.Text("move_to") == "C:\\MARS\\Scratch");
    CHECK(Steps(outcome) == "ddodooooo");

    // The younger of two such places is where the move leads to.
    const std::string third = "C:\\MARS\\Scratch";
    machine.Set(ReadFileInfo{third}, FolderMade(kNow - std::chrono::hours(1)));
    machine.Set(ReadFileInfo{third + "\\OnlineBackup.KEK"}, KeyOf(800));
    machine.Set(SurveyFolder{third}, Content(12, 3 * kGB));
    machine.Set(
        ReadVolume{third}, VolumeInfo{"C:\\", DriveKind::kFixed, "NTFS", 500 * kGB, 397 * kGB, false});
    outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("move_from") == kNew);
    CHECK(outcome.Text("move_to") == third);
    CHECK(Steps(outcome) == "ddoddoooo");
}

TEST_CASE("scratch_move: what cannot be found out is never done")
{
    const Failure denied{code::kAccessDenied, "x"};
    const Failure late{code::kTimeout, "x"};
    for (const Failure& failure : {denied, late})
    {
        RecordedMachine machine = Copied();
        machine.Set(SurveyFolder{kNew}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "dddduoooo");
        machine = Copied();
        machine.Set(SurveyFolder{kScratch}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "uddduoooo");
        machine = Copied();
        machine.Set(ReadFileInfo{kNewKey}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "dddduoooo");
        machine = Copied();
        machine.Set(ReadFileInfo{kOldKey}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "dddduoooo");
        machine = Copied();
        machine.Set(ReadVolume{kNew}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "uddddoooo");
        machine = Switched();
        machine.Set(QueryService{kAgentService}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "dduddduuo");
        machine = Started();
        SetService(machine, ServiceState::kRunning);
        CHECK(Steps(Detect(Cause(), machine)) == "dduddduuo");
        machine = Started();
        machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "ddddddduo");
        machine = FullVolume();
        machine.Set(ListVolumes{}, failure);
        CHECK(Steps(Detect(Cause(), machine)) == "udouooooo");
        machine = FullVolume();
        machine.Set(QueryService{kAgentService}, failure);
        CHECK(Detect(Cause(), machine).Text("step_stopped") == "unknown");
    }
    RecordedMachine machine = Copied();
    Edit(machine, SurveyFolder{kNew}, [](FolderSurvey& content) { content.truncated = true; });
    Edit(machine, SurveyFolder{kScratch}, [](FolderSurvey& content) { content.truncated = true; });
    CHECK(Detect(Cause(), machine).Text("step_copy") == "unknown");
    machine = FullVolume();
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, Failure{code::kAccessDenied, "x"});
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    machine.Set(ListIscsiSessions{}, Failure{code::kAccessDenied, "x"});
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("step_idle") == "unknown");
    const auto steps = TextOf(outcome).steps;
    const auto asked = std::ranges::find(steps, GuidedState::kUnknown, &GuidedStep::state);
    REQUIRE(asked != steps.end());
    CHECK(asked->text.starts_with("Could not be checked: Make sure"));
    CHECK(std::next(asked)->text.starts_with("Not yet: Stop the service"));
}

TEST_CASE("scratch_move: each step says its state in words, in both languages")
{
    const Outcome outcome = Detect(Cause(), Copied());
    const auto begins = [](const std::vector<GuidedStep>& steps) {
        std::string words;
        for (const GuidedStep& step : steps)
        {
            words += step.state ? step.text.substr(0, step.text.find(':')) + "|" : "";
        }
        return words;
    };
    CHECK(begins(TextOf(outcome).steps) == "Done|Done|Done|Done|Done|Next|Not yet|Not yet|Not yet|");
    CHECK(begins(TextOf(outcome, Language::kSpanish).steps)
        == "Hecho|Hecho|Hecho|Hecho|Hecho|Siguiente|Todavía no|Todavía no|Todavía no|");
}

} // namespace mars::test
