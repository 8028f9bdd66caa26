// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "repair.h"

#include "fake_server.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/signatures.h"
#include "recording.h"
#include "test_support.h"

#include <doctest/doctest.h>

/// Repairs that put files in place or uncompress a folder, with every call failing, lying and dying.
namespace mars::test
{

namespace
{

const std::string kModule = std::string(kInstallPath) + "bin\\Modules\\MSOnlineBackup\\";
const std::string kLibrary = kModule + "Microsoft.Internal.CloudBackup.Commands.dll";
const std::string kHelp = kModule + "OnlineBackup_Cmdlets.xml";
const std::string kPrivate = "C:\\ProgramData\\MARS Wizard\\module\\1-";

const std::string kGoodLibrary = "healthy Microsoft.Internal.CloudBackup.Commands.dll";

void SetContent(
    RecordedMachine& machine, const std::string& path, const std::string& like, const std::string& hash)
{
    machine.Set(ReadFileInfo{path}, machine.Ask(ReadFileInfo{like}, Wait{}));
    machine.Set(HashFile{path}, FileHash{hash});
    machine.Set(VerifySignature{path}, machine.Ask(VerifySignature{like}, Wait{}));
    machine.Set(ReadFileVersion{path}, machine.Ask(ReadFileVersion{kLibrary}, Wait{}));
}

void SetNothing(RecordedMachine& machine, const std::string& path)
{
    machine.Set(ReadFileInfo{path}, Absent{});
    machine.Set(HashFile{path}, Absent{});
    machine.Set(VerifySignature{path}, Absent{});
    machine.Set(ReadFileVersion{path}, Absent{});
}

/// The library is gone, the help file another one; D:\ has both.
RecordedMachine SickServer()
{
    RecordedMachine machine = HealthyServer();
    SetContent(machine, "D:\\library.dll", kLibrary, kGoodLibrary);
    SetContent(machine, "D:\\help.xml", kHelp, "new help");
    SetContent(machine, kHelp, kHelp, "old help");
    SetNothing(machine, kLibrary);
    for (const char* name : {"new-library.dll", "new-help.xml", "old-help.xml"})
    {
        SetNothing(machine, kPrivate + name);
    }
    return machine;
}

Outcome DetectSick(const MachineView& machine, const Given&)
{
    const auto library = machine.Ask(HashFile{kLibrary});
    const auto help = machine.Ask(HashFile{kHelp});
    const bool good = library && library->sha256 == kGoodLibrary && help && help->sha256 == "new help";
    return good ? Outcome::Passed() : Outcome::Problem(Level::kError);
}

RepairProposal PlanForSick(const MachineView&, const Given&, const Outcome&)
{
    Plan plan;
    plan.changes = {
        StageFile{"D:\\library.dll", kPrivate + "new-library.dll", kGoodLibrary, true, "2.0.9938.0"},
        StageFile{"D:\\help.xml", kPrivate + "new-help.xml", "new help", false, ""},
        ReplaceFile{kLibrary, kPrivate + "new-library.dll", "", "", kGoodLibrary},
        KeepFile{kHelp, kPrivate + "old-help.xml", "old help"},
        ReplaceFile{kHelp, kPrivate + "new-help.xml", kPrivate + "old-help.xml", "old help", "new help"}};
    return RepairProposal::Planned(plan);
}

constexpr RootCause kFiles{"test.files", "T-1", RepairKind::kOneClick, true, DetectSick, PlanForSick};

Outcome DetectCompressed(const MachineView& machine, const Given&)
{
    const auto survey = machine.Ask(SurveyFolder{kScratch});
    return survey && survey->compressed == 0 ? Outcome::Passed() : Outcome::Problem(Level::kError);
}

RepairProposal PlanForCompressed(const MachineView&, const Given&, const Outcome&)
{
    Plan plan;
    plan.changes = {StopService{"obengine"}, UncompressFolder{kScratch, 2, 1024}, StartService{"obengine"}};
    return RepairProposal::Planned(plan);
}

constexpr RootCause kCompressed{
    "test.compressed", "T-2", RepairKind::kOneClick, false, DetectCompressed, PlanForCompressed};

RecordedMachine CompressedServer()
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, SurveyFolder{kScratch}, [](FolderSurvey& survey) { survey.compressed = 2; });
    return machine;
}

struct Bench
{
    explicit Bench(const RecordedMachine& sick, const RootCause& sickness)
        : machine(std::make_shared<RecordedMachine>(sick)), cause(sickness)
    {}
    std::shared_ptr<RecordedMachine> machine;
    const RootCause& cause;
    std::shared_ptr<Fate> fate = std::make_shared<Fate>();
    std::shared_ptr<FakeChanger> changer = std::make_shared<FakeChanger>(machine, fate);
    std::shared_ptr<MemoryFolder> folder = std::make_shared<MemoryFolder>(fate);

    RepairEngine Engine()
    {
        return RepairEngine(machine, changer, folder, MarsAgent());
    }
    std::string State() const
    {
        return WriteRecording({kFileFormat, "test", kNow, false, {}}, *machine);
    }
    ServiceState Service() const
    {
        return machine->Ask(QueryService{"obengine"}, Wait{})->state;
    }

    RepairResult Repair()
    {
        RepairEngine engine = Engine();
        const RepairResult plan = engine.MakePlan(cause, {}, {});
        REQUIRE(plan.status == RepairStatus::kPlanned);
        return engine.Apply(plan, {}, {});
    }
};

int CallsOfRepair(const RecordedMachine& sick, const RootCause& cause)
{
    Bench bench(sick, cause);
    CHECK(bench.Repair().status == RepairStatus::kApplied);
    return bench.fate->Calls();
}

} // namespace

TEST_CASE("repair_files: files are put in place, and undo brings the old ones back")
{
    Bench bench(SickServer(), kFiles);
    const std::string sick = bench.State();
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kApplied);
    CHECK(result.verified);
    CHECK(bench.machine->Ask(HashFile{kPrivate + "old-help.xml"}, Wait{})->sha256 == "old help");
    const UndoItem undone = bench.Engine().Undo(result.journal);
    CHECK(undone.status == UndoStatus::kUndone);
    CHECK(bench.State() == sick);
}

TEST_CASE("repair_files: a failure or a lie at any call leaves every file as it was")
{
    const int calls = CallsOfRepair(SickServer(), kFiles);
    REQUIRE(calls > 10);
    for (const Fate::Kind kind : {Fate::Kind::kFail, Fate::Kind::kLie})
    {
        for (int call = 1; call <= calls; ++call)
        {
            CAPTURE(call);
            Bench bench(SickServer(), kFiles);
            const std::string sick = bench.State();
            bench.fate->Spoil(kind, call);
            const RepairResult result = bench.Repair();
            if (result.status == RepairStatus::kApplied)
            {
                // A lost line of the journal; the files are in place.
                CHECK(result.verified);
                continue;
            }
            const bool untouched =
                result.status == RepairStatus::kRolledBack || result.status == RepairStatus::kRefused;
            CHECK(untouched);
            CHECK(bench.State() == sick);
        }
    }
}

TEST_CASE("repair_files: after a kill at any call the next start brings every file back")
{
    const int calls = CallsOfRepair(SickServer(), kFiles);
    for (const Fate::Kind kind : {Fate::Kind::kDieBefore, Fate::Kind::kDieAfter})
    {
        for (int call = 1; call <= calls; ++call)
        {
            CAPTURE(call);
            Bench bench(SickServer(), kFiles);
            const std::string sick = bench.State();
            bench.fate->Spoil(kind, call);
            CHECK_THROWS_AS(bench.Repair(), Killed);
            bench.fate->Spoil(Fate::Kind::kNone, 0);
            const auto items = bench.Engine().ListUndo();
            REQUIRE(items.HasValue());
            if (items->empty() || !items->front().entry.damage.empty())
            {
                CHECK(bench.State() == sick);
                continue;
            }
            if (items->front().entry.end != EntryEnd::kInterrupted)
            {
                CHECK(call == calls);
                continue;
            }
            CHECK(bench.Engine().Undo(items->front().entry.name).status == UndoStatus::kUndone);
            CHECK(bench.State() == sick);
        }
    }
}

TEST_CASE("repair_files: a staged file that is not Microsoft's, or of another version, ends the repair")
{
    const std::string staged = kPrivate + "new-library.dll";
    Bench bench(SickServer(), kFiles);
    Edit(*bench.machine, VerifySignature{"D:\\library.dll"},
        [](FileSignature& signature) { signature.chain.back().thumbprint = std::string(40, 'a'); });
    std::string sick = bench.State();
    RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK(result.error->code == 0x800B0109);
    CHECK(bench.State() == sick);

    Bench other(SickServer(), kFiles);
    other.machine->Set(ReadFileVersion{"D:\\library.dll"}, FileVersion{2, 0, 9939, 0});
    sick = other.State();
    result = other.Repair();
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK(result.error->code == 1306);
    CHECK(other.State() == sick);
}

TEST_CASE("repair_files: a source that was changed since the preview ends the repair")
{
    Bench bench(SickServer(), kFiles);
    RepairEngine engine = bench.Engine();
    const RepairResult plan = engine.MakePlan(kFiles, {}, {});
    bench.machine->Set(HashFile{"D:\\library.dll"}, FileHash{"something else"});
    const std::string before = bench.State();
    const RepairResult result = engine.Apply(plan, {}, {});
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK(result.error->code == code::kChangedSince);
    CHECK(bench.State() == before);
}

TEST_CASE("repair_files: undo refuses where somebody changed a file since, and needs the copy that was kept")
{
    Bench bench(SickServer(), kFiles);
    const RepairResult result = bench.Repair();
    bench.machine->Set(HashFile{kHelp}, FileHash{"newer help"});
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kChangedSince);
    bench.machine->Set(HashFile{kHelp}, FileHash{"new help"});
    bench.machine->Set(HashFile{kPrivate + "old-help.xml"}, Absent{});
    const UndoItem undone = bench.Engine().Undo(result.journal);
    CHECK(undone.status == UndoStatus::kFailed);
    CHECK(bench.machine->Ask(HashFile{kHelp}, Wait{})->sha256 == "new help");
}

TEST_CASE("repair_files: uncompressing stops the service and starts it again")
{
    Bench bench(CompressedServer(), kCompressed);
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kApplied);
    CHECK(result.verified);
    CHECK(bench.changer->runs == std::vector<std::string>{"-obengine", "+obengine"});
    CHECK(bench.Engine().ListUndo()->front().status == UndoStatus::kIrreversible);
}

TEST_CASE("repair_files: the service runs again whatever call of the uncompressing fails or lies")
{
    const int calls = CallsOfRepair(CompressedServer(), kCompressed);
    for (const Fate::Kind kind : {Fate::Kind::kFail, Fate::Kind::kLie})
    {
        for (int call = 1; call <= calls; ++call)
        {
            CAPTURE(call);
            Bench bench(CompressedServer(), kCompressed);
            bench.fate->Spoil(kind, call);
            const RepairResult result = bench.Repair();
            CHECK(bench.Service() == ServiceState::kRunning);
            const auto survey = bench.machine->Ask(SurveyFolder{kScratch}, Wait{});
            // What cannot be taken back is told.
            CHECK(result.applied == (survey->compressed == 0));
        }
    }
}

TEST_CASE("repair_files: a service that was stopped for a repair that died is started by the next start")
{
    const int calls = CallsOfRepair(CompressedServer(), kCompressed);
    for (const Fate::Kind kind : {Fate::Kind::kDieBefore, Fate::Kind::kDieAfter})
    {
        for (int call = 1; call <= calls; ++call)
        {
            CAPTURE(call);
            Bench bench(CompressedServer(), kCompressed);
            bench.fate->Spoil(kind, call);
            CHECK_THROWS_AS(bench.Repair(), Killed);
            bench.fate->Spoil(Fate::Kind::kNone, 0);
            const auto items = bench.Engine().ListUndo();
            REQUIRE(items.HasValue());
            if (!items->empty() && items->front().entry.damage.empty()
                && items->front().entry.end == EntryEnd::kInterrupted)
            {
                // "Undone" is said only where the uncompressing had not begun.
                const UndoItem back = bench.Engine().Undo(items->front().entry.name);
                CHECK(back.status == (back.partIsGone ? UndoStatus::kIrreversible : UndoStatus::kUndone));
                const auto survey = bench.machine->Ask(SurveyFolder{kScratch}, Wait{});
                CHECK((back.partIsGone || survey->compressed == 2));
            }
            CHECK(bench.Service() == ServiceState::kRunning);
        }
    }
}

namespace
{

/// Uncompresses two of three and is then stopped by the person.
struct StoppedChanger : FakeChanger
{
    using FakeChanger::FakeChanger;
    UncompressResult UncompressFolder(
        const std::string& folder, const UncompressProgress& progress, const Wait& wait) override
    {
        if (!stops)
        {
            return FakeChanger::UncompressFolder(folder, progress, wait);
        }
        return {2, Failure{code::kCancelled, folder}};
    }
    bool stops = true;
};

RepairProposal PlanForThree(const MachineView&, const Given&, const Outcome&)
{
    Plan plan;
    plan.changes = {StopService{"obengine"},
        SetRegistryValue{
            {"HKLM\\SOFTWARE\\Fictional", "V"}, std::nullopt, RegistryValue::Dword(1), false, {}},
        UncompressFolder{kScratch, 3, 1024}, StartService{"obengine"}};
    return RepairProposal::Planned(plan);
}

constexpr RootCause kThree{"test.three", "T-3", RepairKind::kOneClick, false, DetectCompressed, PlanForThree};

struct StoppedBench : Bench
{
    StoppedBench() : Bench(CompressedServer(), kThree)
    {
        machine->Set(ReadRegistryValue{{"HKLM\\SOFTWARE\\Fictional", "V"}}, Absent{});
        machine->Set(ListRegistryKey{"HKLM\\SOFTWARE\\Fictional"}, RegistryKeyContent{});
        changer = stopped;
    }
    std::shared_ptr<StoppedChanger> stopped = std::make_shared<StoppedChanger>(machine, fate);
};

} // namespace

TEST_CASE("repair_files: what the person stops in the middle is stopped, neither failed nor as before")
{
    StoppedBench bench;
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kStopped);
    CHECK(result.applied);
    CHECK(bench.Service() == ServiceState::kRunning);
    // What can be taken back is.
    CHECK(bench.machine->Ask(ReadRegistryValue{{"HKLM\\SOFTWARE\\Fictional", "V"}}, Wait{}).IsAbsent());
    const auto far = HowFarItCame(result);
    REQUIRE(far);
    CHECK(far->done == 2);
    CHECK(far->left == 1);

    const UndoItem item = bench.Engine().ListUndo()->front();
    CHECK(item.entry.end == EntryEnd::kStopped);
    CHECK(item.status == UndoStatus::kIrreversible);
    CHECK(item.partIsGone);
    CHECK(item.entry.made == std::uint64_t{2});
    // Nobody has to be alarmed at the next start.
    CHECK_FALSE(IsOpen(item.entry));
    CHECK(bench.Engine().Undo(item.entry.name).status == UndoStatus::kIrreversible);
}

TEST_CASE("repair_files: going on after a stop does the rest of the same plan")
{
    StoppedBench bench;
    RepairEngine engine = bench.Engine();
    const RepairResult again = PlannedAgain(engine.Apply(engine.MakePlan(kThree, {}, {}), {}, {}));
    CHECK(again.status == RepairStatus::kPlanned);
    CHECK(again.steps.size() == 4);
    CHECK(std::get<UncompressFolder>(again.steps[2].change).files == 1);
    CHECK(again.steps[2].result == StepResult::kPending);
    bench.stopped->stops = false;
    const RepairResult result = engine.Apply(again, {}, {});
    CHECK(result.status == RepairStatus::kApplied);
    CHECK(result.verified);
    CHECK(bench.Service() == ServiceState::kRunning);
}

TEST_CASE(
    "repair_files: an interrupted repair with something that cannot be undone is rolled back without it, and "
    "says so")
{
    StoppedBench bench;
    bench.stopped->stops = false;
    const int calls = [] {
        StoppedBench undisturbed;
        undisturbed.stopped->stops = false;
        CHECK(undisturbed.Repair().status == RepairStatus::kApplied);
        return undisturbed.fate->Calls();
    }();
    // Dies before the end is written: everything was made.
    bench.fate->Spoil(Fate::Kind::kDieBefore, calls);
    CHECK_THROWS_AS(bench.Repair(), Killed);
    bench.fate->Spoil(Fate::Kind::kNone, 0);
    const UndoItem item = bench.Engine().ListUndo()->front();
    CHECK(item.status == UndoStatus::kUndoable);
    CHECK(item.partIsGone);
    REQUIRE(item.steps.size() == 1);

    const UndoItem back = bench.Engine().Undo(item.entry.name);
    CHECK(back.status == UndoStatus::kIrreversible);
    CHECK(back.steps.front().result == StepResult::kDone);
    CHECK(bench.machine->Ask(ReadRegistryValue{{"HKLM\\SOFTWARE\\Fictional", "V"}}, Wait{}).IsAbsent());
    const UndoItem left = bench.Engine().ListUndo()->front();
    CHECK(left.entry.end == EntryEnd::kFailed);
    CHECK(left.status == UndoStatus::kIrreversible);
    CHECK(IsOpen(left.entry));
    CHECK_FALSE(HasSomethingToTakeBack(left.entry));

    // Who has seen it hears no more of it, and it stays in the list.
    CHECK(bench.Engine().MarkSeen(item.entry.name));
    const auto seen = bench.Engine().ListUndo();
    REQUIRE(seen->size() == 1);
    CHECK(seen->front().entry.damage.empty());
    CHECK_FALSE(IsOpen(seen->front().entry));
    CHECK(seen->front().status == UndoStatus::kIrreversible);
}

} // namespace mars::test
