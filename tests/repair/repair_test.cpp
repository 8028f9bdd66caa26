// SPDX-License-Identifier: MIT
#include "mars_agent.h"
#include "repair.h"

#include "fake_server.h"
#include "file_format.h"
#include "questions/computer.h"
#include "questions/devices.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/firewall.h"
#include "questions/log.h"
#include "questions/protection.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "recording.h"
#include "task_xml.h"
#include "test_support.h"
#include "xml_guard.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace mars::test
{

namespace
{

const RegistryPath kPolicy{"HKLM\\SOFTWARE\\Fictional\\Deep\\Key", "Setting"};
constexpr const char* kTask = "\\Microsoft\\OnlineBackup\\Microsoft-OnlineBackup";

bool IsGood(const MachineView& machine)
{
    const auto service = machine.Ask(QueryService{"obengine"});
    const auto value = machine.Ask(ReadRegistryValue{kPolicy});
    return service && service->state == ServiceState::kRunning && service->startType == StartType::kAutomatic
        && value && value->AsDword() == 1U;
}

Outcome DetectSick(const MachineView& machine, const Given&)
{
    return IsGood(machine) ? Outcome::Passed() : Outcome::Problem(Level::kError);
}

/// One change of every kind that can be undone, and a service start between them.
RepairProposal PlanForSick(const MachineView& machine, const Given&, const Outcome&)
{
    const auto tasks = machine.Ask(ListTasks{kTaskFolder});
    const auto definition = ReadTaskDefinition(tasks->tasks.at(0).xml);
    Plan plan;
    plan.changes = {SetRegistryValue{kPolicy, std::nullopt, RegistryValue::Dword(1), true, {}},
        SetRegistryValue{{kPolicy.key, "Second"}, std::nullopt, RegistryValue::Dword(2), false, {}},
        SetServiceStartType{"obengine", StartType::kDisabled, StartType::kAutomatic},
        StartService{"obengine"}, SetTaskEnabled{kTask, false, true},
        SetTriggerEnabled{kTask, 1, definition->triggers.at(0).fingerprint, false, true},
        SetTaskOverlap{kTask, "Parallel", "IgnoreNew"},
        AddDefenderExclusion{ExclusionKind::kPath, "C:\\Scratch"},
        SetSanPolicy{SanPolicy::kOfflineAll, SanPolicy::kOfflineShared},
        CopyFile{"Z:\\v.VaultCredentials", "C:\\ProgramData\\MARS Wizard\\credentials\\v.VaultCredentials"},
        SetFirewallRule{"No backup", "C:\\Agent\\cbengine.exe", "", true, false}};
    return RepairProposal::Planned(plan);
}

constexpr RootCause kSick{"test.sick", "T-1", RepairKind::kOneClick, true, DetectSick, PlanForSick};

RecordedMachine SickServer()
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadNewDiskPolicy{}, NewDiskSetting{SanPolicy::kOfflineAll});
    machine.Set(ReadRegistryValue{kPolicy}, Absent{});
    machine.Set(ReadRegistryValue{{kPolicy.key, "Second"}}, Absent{});
    machine.Set(ListRegistryKey{"HKLM\\SOFTWARE\\Fictional\\Deep\\Key"}, Absent{});
    machine.Set(ListRegistryKey{"HKLM\\SOFTWARE\\Fictional\\Deep"}, Absent{});
    machine.Set(ListRegistryKey{"HKLM\\SOFTWARE\\Fictional"}, RegistryKeyContent{});
    Edit(machine, QueryService{"obengine"}, [](ServiceStatus& service) {
        service.state = ServiceState::kStopped;
        service.startType = StartType::kDisabled;
    });
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks[0].enabled = false;
        const auto definition = ReadTaskDefinition(list.tasks[0].xml);
        list.tasks[0].xml =
            *SwitchTrigger(list.tasks[0].xml, 1, definition->triggers.at(0).fingerprint, false);
        list.tasks[0].xml = *SetOverlap(list.tasks[0].xml, "Parallel");
    });
    machine.Set(ReadFirewall{},
        FirewallState{{}, {{"No backup", "C:\\Agent\\cbengine.exe", "", 256, "", "", 7, true}}});
    machine.Set(
        ReadFileInfo{"Z:\\v.VaultCredentials"}, FileInfo{"v.VaultCredentials", 0x20, 5000, kNow, kNow});
    machine.Set(ReadFileInfo{"C:\\ProgramData\\MARS Wizard\\credentials\\v.VaultCredentials"}, Absent{});
    return machine;
}

constexpr const char* kSecretKey = "HKLM\\SOFTWARE\\Fictional";

Outcome FindCommand(const MachineView& machine, const Given&)
{
    return machine.Ask(ReadRegistryValue{{kSecretKey, "Command"}}) ? Outcome::Problem(Level::kError)
                                                                   : Outcome::Passed();
}

/// Writes the value anew with something more, as a repair of a search path does.
RepairProposal ExtendCommand(const MachineView& machine, const Given&, const Outcome&)
{
    const RegistryPath path{kSecretKey, "Command"};
    const RegistryValue value = *machine.Ask(ReadRegistryValue{path});
    Plan plan;
    plan.changes.emplace_back(
        SetRegistryValue{path, value, RegistryValue::String(*value.AsString() + " --new"), false, {}});
    return RepairProposal::Planned(std::move(plan));
}

constexpr RootCause kWithSecret{
    "test.with_secret", "T-9", RepairKind::kOneClick, true, FindCommand, ExtendCommand};

/// A server with its changer and journal, and an engine that can be started again.
struct Bench
{
    std::shared_ptr<RecordedMachine> machine = std::make_shared<RecordedMachine>(SickServer());
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

    RepairResult Repair(std::stop_token stop = {})
    {
        RepairEngine engine = Engine();
        const RepairResult plan = engine.MakePlan(kSick, {}, {});
        REQUIRE(plan.status == RepairStatus::kPlanned);
        return engine.Apply(plan, {}, {}, {}, stop);
    }
};

/// How many changing calls an undisturbed repair makes.
int CallsOfRepair()
{
    Bench bench;
    CHECK(bench.Repair().status == RepairStatus::kApplied);
    return bench.fate->Calls();
}

} // namespace

TEST_CASE("repair: a plan is shown and changes nothing")
{
    Bench bench;
    const std::string before = bench.State();
    const RepairResult plan = bench.Engine().MakePlan(kSick, {}, {});
    CHECK(plan.status == RepairStatus::kPlanned);
    CHECK(plan.steps.size() == 11);
    CHECK(plan.journal.empty());
    CHECK(bench.State() == before);
    CHECK(bench.folder->files.empty());
    CHECK(bench.fate->Calls() == 0);
}

TEST_CASE("repair: what was taken out of a text because it is a secret is never written back")
{
    Bench bench;
    bench.machine->Set(ReadRegistryValue{{kSecretKey, "Command"}},
        RegistryValue::String("run.exe --password=Hunter2 --old"));
    const std::string before = bench.State();
    const RepairResult plan = bench.Engine().MakePlan(kWithSecret, {}, {});
    CHECK(plan.status == RepairStatus::kGuided);
    CHECK(plan.reason == "holds_secret");
    CHECK(plan.steps.empty());
    CHECK(bench.State() == before);
    bench.machine->Set(
        ReadRegistryValue{{kSecretKey, "Command"}}, RegistryValue::String("run.exe --quiet --old"));
    CHECK(bench.Engine().MakePlan(kWithSecret, {}, {}).status == RepairStatus::kPlanned);
}

TEST_CASE("repair: the preview names the keys that will be created")
{
    Bench bench;
    const RepairResult plan = bench.Engine().MakePlan(kSick, {}, {});
    const auto& value = std::get<SetRegistryValue>(plan.steps.at(0).change);
    CHECK(value.createdKeys
        == std::vector<std::string>{
            "HKLM\\SOFTWARE\\Fictional\\Deep", "HKLM\\SOFTWARE\\Fictional\\Deep\\Key"});
}

TEST_CASE("repair: a key that several values need is made once, and goes with the last of them")
{
    Bench bench;
    const RepairResult result = bench.Repair();
    const auto& first = std::get<SetRegistryValue>(result.steps.at(0).change);
    const auto& second = std::get<SetRegistryValue>(result.steps.at(1).change);
    REQUIRE(first.path.key == second.path.key);
    CHECK(first.createdKeys.size() == 2);
    CHECK(second.createdKeys.empty());
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kUndone);
    CHECK(bench.machine->Ask(ListRegistryKey{first.path.key}, Wait{}).IsAbsent());
}

TEST_CASE("repair: applied changes are verified by a new pass of the check")
{
    Bench bench;
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kApplied);
    CHECK(result.applied);
    CHECK(result.verified);
    CHECK(result.before.IsProblem());
    CHECK(result.after->kind == OutcomeKind::kPassed);
    for (const RepairStep& step : result.steps)
    {
        CHECK(step.result == StepResult::kDone);
    }
}

TEST_CASE("repair: undo restores the configuration and leaves the service running")
{
    Bench bench;
    const std::string sick = bench.State();
    const RepairResult result = bench.Repair();
    const UndoItem undone = bench.Engine().Undo(result.journal);
    CHECK(undone.status == UndoStatus::kUndone);
    // Run state is no configuration: stop it by hand to compare the rest.
    Edit(*bench.machine, QueryService{"obengine"}, [](ServiceStatus& service) {
        CHECK(service.state == ServiceState::kRunning);
        service.state = ServiceState::kStopped;
    });
    CHECK(bench.State() == sick);
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kUndone);
}

TEST_CASE("repair: a failure or a lie at any call leaves the machine as it was, or says what remains")
{
    const int calls = CallsOfRepair();
    REQUIRE(calls > 14);
    for (const Fate::Kind kind : {Fate::Kind::kFail, Fate::Kind::kLie})
    {
        for (int call = 1; call <= calls; ++call)
        {
            CAPTURE(call);
            Bench bench;
            const std::string sick = bench.State();
            bench.fate->Spoil(kind, call);
            const RepairResult result = bench.Repair();
            if (kind == Fate::Kind::kLie && result.status == RepairStatus::kApplied)
            {
                // Only a lost line of the journal stays unnoticed by reading the machine back.
                CHECK(result.verified);
                continue;
            }
            if (result.status == RepairStatus::kApplied)
            {
                CHECK(call == calls);
                CHECK(result.error.has_value());
                continue;
            }
            const bool untouched =
                result.status == RepairStatus::kRolledBack || result.status == RepairStatus::kRefused;
            CHECK(untouched);
            CHECK_FALSE(result.applied);
            CHECK(result.error.has_value());
            CHECK(bench.State() == sick);
        }
    }
}

TEST_CASE("repair: a kill at any call leaves an entry that the next start rolls back")
{
    const int calls = CallsOfRepair();
    for (const Fate::Kind kind : {Fate::Kind::kDieBefore, Fate::Kind::kDieAfter})
    {
        for (int call = 1; call <= calls; ++call)
        {
            CAPTURE(call);
            Bench bench;
            const std::string sick = bench.State();
            bench.fate->Spoil(kind, call);
            CHECK_THROWS_AS(bench.Repair(), Killed);
            bench.fate->Spoil(Fate::Kind::kNone, 0);
            const auto items = bench.Engine().ListUndo();
            REQUIRE(items.HasValue());
            if (items->empty() || !items->front().entry.damage.empty())
            {
                // Died before the plan was on disk: nothing may have happened.
                CHECK(bench.State() == sick);
                continue;
            }
            REQUIRE(items->size() == 1);
            const JournalEntry& entry = items->front().entry;
            if (entry.end != EntryEnd::kInterrupted)
            {
                CHECK(call == calls);
                CHECK(kind == Fate::Kind::kDieAfter);
                continue;
            }
            CHECK(items->front().status == UndoStatus::kUndoable);
            const UndoItem back = bench.Engine().Undo(entry.name);
            CHECK(back.status == UndoStatus::kUndone);
            CHECK(back.entry.end == EntryEnd::kRolledBack);
            Edit(*bench.machine, QueryService{"obengine"},
                [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
            CHECK(bench.State() == sick);
        }
    }
}

TEST_CASE("repair: a kill during roll-back can be rolled back by the next start")
{
    Bench bench;
    const std::string sick = bench.State();
    const RepairResult result = bench.Repair();
    bench.fate->Spoil(Fate::Kind::kDieAfter, 4);
    CHECK_THROWS_AS(bench.Engine().Undo(result.journal), Killed);
    bench.fate->Spoil(Fate::Kind::kNone, 0);
    CHECK(bench.Engine().ListUndo()->front().entry.end == EntryEnd::kInterrupted);
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kUndone);
    Edit(*bench.machine, QueryService{"obengine"},
        [](ServiceStatus& service) { service.state = ServiceState::kStopped; });
    CHECK(bench.State() == sick);
}

TEST_CASE("repair: a line that was cut off by a crash is ignored when the entry is continued")
{
    Bench bench;
    const RepairResult result = bench.Repair();
    std::string& text = bench.folder->files.at(result.journal);
    text.resize(text.size() - 5);
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kUndone);
    const auto items = bench.Engine().ListUndo();
    CHECK(items->front().entry.damage.empty());
    CHECK(items->front().entry.end == EntryEnd::kRolledBack);
}

TEST_CASE("repair: an entry that cannot be read is not undone, and one of a newer version says so")
{
    for (const bool newer : {false, true})
    {
        Bench bench;
        const RepairResult result = bench.Repair();
        const std::string repaired = bench.State();
        std::string& text = bench.folder->files.at(result.journal);
        const std::string schema = fmt::format("schema=\"{}\"", kFileFormat);
        text.replace(
            text.find(schema), schema.size(), fmt::format("schema=\"{}\"", newer ? kFileFormat + 1 : 0));
        const UndoItem item = bench.Engine().Undo(result.journal);
        CHECK(item.status == UndoStatus::kFailed);
        CHECK(item.error->code == (newer ? code::kNewerFormat : code::kInvalidData));
        CHECK(bench.State() == repaired);
    }
}

TEST_CASE("repair: without a journal nothing is changed")
{
    Bench bench;
    const std::string sick = bench.State();
    bench.folder->prepared = Failure{code::kAccessDenied, "folder of somebody else"};
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kRefused);
    CHECK(result.reason == "journal_unavailable");
    CHECK(bench.State() == sick);
    CHECK(bench.fate->Calls() == 0);
}

TEST_CASE("repair: a journal that was open to others is shown, and never undone or rolled back")
{
    for (const bool interrupted : {false, true})
    {
        Bench bench;
        if (interrupted)
        {
            bench.fate->Spoil(Fate::Kind::kDieAfter, CallsOfRepair() / 2);
            CHECK_THROWS_AS(bench.Repair(), Killed);
            bench.fate->Spoil(Fate::Kind::kNone, 0);
        }
        else
        {
            CHECK(bench.Repair().status == RepairStatus::kApplied);
        }
        bench.folder->locked = false;
        bench.folder->prepared = Failure{kFolderOpened, "open"};
        RepairEngine engine = bench.Engine();
        REQUIRE(engine.ListUndo().HasFailed());
        CHECK(engine.ListUndo().Error().code == kFolderOpened);
        CHECK(engine.CloseJournalAgain().Ok());
        const std::string before = bench.State();
        const auto items = engine.ListUndo();
        REQUIRE(items);
        REQUIRE(items->size() == 1);
        CHECK(items->front().status == UndoStatus::kFailed);
        CHECK(items->front().error->code == kEntryWasOpen);
        CHECK_FALSE(items->front().steps.empty());
        CHECK(engine.Undo(items->front().entry.name).error->code == kEntryWasOpen);
        CHECK(bench.State() == before);
        // A new repair is trusted as ever.
        CHECK(Journal(bench.folder).Prepare().Ok());
    }
}

TEST_CASE("repair: while another process repairs nothing is changed")
{
    Bench bench;
    bench.folder->locked = true;
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kRefused);
    CHECK(result.error->code == 32);
    CHECK(bench.fate->Calls() == 0);
}

TEST_CASE("repair: without administrator rights nothing is changed")
{
    Bench bench;
    Edit(*bench.machine, ReadContext{}, [](ProcessContext& context) { context.elevated = false; });
    CHECK(bench.Repair().status == RepairStatus::kNeedsAdministrator);
    CHECK(bench.fate->Calls() == 0);
}

TEST_CASE("repair: a plan that no longer fits the machine is rolled back")
{
    Bench bench;
    RepairEngine engine = bench.Engine();
    const RepairResult plan = engine.MakePlan(kSick, {}, {});
    Edit(
        *bench.machine, QueryService{"obengine"}, [](ServiceStatus& s) { s.startType = StartType::kManual; });
    const std::string changed = bench.State();
    const RepairResult result = engine.Apply(plan, {}, {});
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK(result.error->code == code::kChangedSince);
    CHECK(bench.State() == changed);
}

TEST_CASE("repair: undo refuses to overwrite what somebody changed since")
{
    Bench bench;
    const RepairResult result = bench.Repair();
    bench.machine->Set(ReadRegistryValue{kPolicy}, RegistryValue::Dword(7));
    const std::string changed = bench.State();
    CHECK(bench.Engine().ListUndo()->front().status == UndoStatus::kChangedSince);
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kChangedSince);
    CHECK(bench.State() == changed);
}

TEST_CASE("repair: a service that runs already is not stopped by roll-back")
{
    Bench bench;
    RepairEngine engine = bench.Engine();
    const RepairResult plan = engine.MakePlan(kSick, {}, {});
    Edit(
        *bench.machine, QueryService{"obengine"}, [](ServiceStatus& s) { s.state = ServiceState::kRunning; });
    Edit(*bench.machine, ListTasks{kTaskFolder}, [](TaskList& list) { list.tasks.clear(); });
    const RepairResult result = engine.Apply(plan, {}, {});
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK(bench.machine->Ask(QueryService{"obengine"}, Wait{})->state == ServiceState::kRunning);
    CHECK(bench.changer->runs.empty());
}

TEST_CASE("repair: a stop rolls back")
{
    Bench bench;
    const std::string sick = bench.State();
    std::stop_source stop;
    stop.request_stop();
    RepairEngine engine = bench.Engine();
    const RepairResult plan = engine.MakePlan(kSick, {}, {});
    const RepairResult result = engine.Apply(plan, {}, {}, {}, stop.get_token());
    CHECK_FALSE(result.applied);
    CHECK(result.error->code == code::kCancelled);
    CHECK(bench.State() == sick);
}

TEST_CASE("repair: nothing is planned where the check passes, or could not check")
{
    Bench bench;
    CHECK(bench.Repair().status == RepairStatus::kApplied);
    CHECK(bench.Engine().MakePlan(kSick, {}, {}).status == RepairStatus::kNothingToDo);

    constexpr RootCause kBlind{"test.blind", "T-2", RepairKind::kOneClick, true,
        [](const MachineView&, const Given&) {
            return Outcome::CouldNotCheck({code::kAccessDenied, "x"});
        },
        PlanForSick};
    const RepairResult blind = bench.Engine().MakePlan(kBlind, {}, {});
    CHECK(blind.status == RepairStatus::kRefused);
    CHECK(blind.error->code == code::kAccessDenied);
}

namespace
{

RepairProposal PlanWithRestart(const MachineView&, const Given&, const Outcome&)
{
    Plan plan;
    plan.changes = {RestartService{"obengine"}};
    plan.disturbs = true;
    return RepairProposal::Planned(plan);
}

constexpr RootCause kDisturbing{
    "test.disturbing", "T-3", RepairKind::kOneClick, true, DetectSick, PlanWithRestart};

} // namespace

TEST_CASE("repair: a running job holds a repair that disturbs")
{
    Bench bench;
    Edit(*bench.machine, ListTasks{kTaskFolder}, [](TaskList& list) { list.tasks[0].runningInstances = 1; });
    const RepairResult plan = bench.Engine().MakePlan(kDisturbing, {}, {});
    CHECK(plan.status == RepairStatus::kHeld);
    CHECK(plan.reason == "activity_busy");
    CHECK(plan.activity->signs == std::vector<std::string>{"task_running"});
}

TEST_CASE("repair: when nothing tells whether a job runs the person is asked")
{
    Bench bench;
    bench.machine->Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "tasks"});
    bench.machine->Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, Failure{code::kNotSupported, "events"});
    bench.machine->Set(
        ScanAgentLogs{std::string(kInstallPath) + "Temp", {}}, Failure{code::kAccessDenied, "log"});
    RepairEngine engine = bench.Engine();
    const RepairResult plan = engine.MakePlan(kDisturbing, {}, {});
    CHECK(plan.status == RepairStatus::kPlanned);
    CHECK(plan.activity->activity == Activity::kUnknown);
    const RepairResult held = engine.Apply(plan, {}, {});
    CHECK(held.status == RepairStatus::kHeld);
    CHECK(held.reason == "activity_unknown");
    CHECK(bench.fate->Calls() == 0);
    RepairOptions sure;
    sure.evenIfBusyUnknown = true;
    CHECK(engine.Apply(plan, {}, sure).status == RepairStatus::kApplied);
}

TEST_CASE("repair: a driver that Windows uses only after a restart is said to be so")
{
    for (const bool needsRestart : {false, true})
    {
        const auto machine = std::make_shared<RecordedMachine>(HealthyServer());
        const auto fate = std::make_shared<Fate>();
        const auto changer = std::make_shared<FakeChanger>(machine, fate);
        changer->driverNeedsRestart = needsRestart;
        machine->Set(
            ListDevices{"ROOT\\ISCSIPRT"}, DeviceList{{{"ROOT\\ISCSIPRT\\0000", "Unknown", "", 28, true}}});
        const InstallInboxDriver change{"ROOT\\ISCSIPRT", "iscsi.inf", "ROOT\\ISCSIPRT\\0000", 28};
        const AppliedChange applied = ApplyChange(change, *changer, *machine, Wait{});
        REQUIRE(applied.status);
        CHECK(applied.facts.contains(kNeedsRestart) == needsRestart);
    }
}

TEST_CASE("repair: a step that could not be written down was not begun, and nothing is taken back of it")
{
    Bench bench;
    const std::string sick = bench.State();
    // The head, and then "begin 1".
    bench.fate->Spoil(Fate::Kind::kFail, 2);
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK_FALSE(result.applied);
    CHECK(result.steps.front().result == StepResult::kFailed);
    CHECK(bench.State() == sick);
}

TEST_CASE("repair: a journal that is full from some line on hides nothing that was taken back")
{
    const int calls = CallsOfRepair();
    for (int call = 1; call <= calls; ++call)
    {
        CAPTURE(call);
        Bench bench;
        const std::string sick = bench.State();
        bench.folder->fullAfter = call;
        const RepairResult result = bench.Repair();
        if (result.status == RepairStatus::kApplied)
        {
            continue;
        }
        CHECK(result.error.has_value());
        CHECK_FALSE(result.applied);
        CHECK(bench.State() == sick);
        // What is left of the entry can be read, and rolled back.
        bench.folder->fullAfter.reset();
        const auto items = bench.Engine().ListUndo();
        for (const UndoItem& item : *items)
        {
            CHECK(item.entry.damage.empty());
            if (item.status == UndoStatus::kUndoable)
            {
                CHECK(bench.Engine().Undo(item.entry.name).status == UndoStatus::kUndone);
            }
        }
        CHECK(bench.State() == sick);
    }
}

TEST_CASE("repair: an entry that another copy of the program works on is not taken for an interrupted one")
{
    Bench bench;
    const RepairResult result = bench.Repair();
    std::string& text = bench.folder->files.at(result.journal);
    text.resize(text.rfind("end"));
    CHECK_FALSE(bench.Engine().ListUndo()->front().isUnderWay);
    bench.folder->locked = true;
    const UndoItem item = bench.Engine().ListUndo()->front();
    CHECK(item.isUnderWay);
    CHECK(item.status == UndoStatus::kFailed);
    CHECK(item.error->code == 32);
}

TEST_CASE(
    "repair: a stop before an undo leaves everything; one in the middle of it leaves nothing half undone")
{
    Bench bench;
    const RepairResult result = bench.Repair();
    const std::string repaired = bench.State();
    std::stop_source stop;
    stop.request_stop();
    const UndoItem item = bench.Engine().Undo(result.journal, stop.get_token());
    CHECK(item.status == UndoStatus::kFailed);
    CHECK(item.error->code == code::kCancelled);
    CHECK(bench.State() == repaired);
    CHECK(bench.Engine().ListUndo()->front().status == UndoStatus::kUndoable);
}

TEST_CASE("repair: two repairs of one value are undone one after the other, whatever the clock said")
{
    Bench bench;
    const auto value = [](std::uint32_t number) { return RegistryValue::Dword(number); };
    const auto write = [&](std::uint32_t from, std::uint32_t to, int daysLater) {
        const Plan plan({SetRegistryValue{kPolicy, value(from), value(to), false, {}}});
        Journal journal(bench.folder);
        auto writer = journal.Create(
            {"test.sick", "0.2.0", kNow + std::chrono::days(daysLater), "who", "console"}, plan);
        REQUIRE(writer);
        CHECK(writer->Begin(0));
        CHECK(writer->Done(0));
        CHECK(writer->End(EntryEnd::kApplied));
    };
    write(1, 2, 0);
    write(2, 3, -40);
    bench.machine->Set(ReadRegistryValue{kPolicy}, value(3));
    auto items = bench.Engine().ListUndo();
    REQUIRE(items->size() == 2);
    CHECK(items->front().status == UndoStatus::kUndoable);
    CHECK(items->back().status == UndoStatus::kChangedSince);
    for (const UndoItem& item : *items)
    {
        CHECK(bench.Engine().Undo(item.entry.name).status == UndoStatus::kUndone);
    }
    CHECK(bench.machine->Ask(ReadRegistryValue{kPolicy}, Wait{})->AsDword() == 1U);
}

} // namespace mars::test
