// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "change_text.h"
#include "connectivity/network.h"
#include "fake_server.h"
#include "mars_agent.h"
#include "questions/events.h"
#include "questions/files.h"
#include "questions/probes.h"
#include "questions/proxy.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/volumes.h"
#include "repair.h"
#include "source_folder.h"
#include "test_support.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

/// Every repair that stops, restarts or starts a service, in every way in which it can end: at the end the
/// service is in the run state of before, or the result says that it is stopped.
namespace mars::test
{
namespace
{

void StopAndDisable(RecordedMachine& machine, const char* service)
{
    Edit(machine, QueryService{service}, [](ServiceStatus& status) {
        status.state = ServiceState::kStopped;
        status.startType = StartType::kDisabled;
    });
}

RecordedMachine StoppedAgent()
{
    RecordedMachine machine = HealthyServer();
    StopAndDisable(machine, "obengine");
    return machine;
}

RecordedMachine StoppedReporter()
{
    RecordedMachine machine = HealthyServer();
    StopAndDisable(machine, "OBRecoveryServicesManagementAgent");
    return machine;
}

RecordedMachine StoppedInitiator()
{
    RecordedMachine machine = HealthyServer();
    StopAndDisable(machine, "MSiSCSI");
    return machine;
}

RecordedMachine WrongClock()
{
    RecordedMachine machine = HealthyServer();
    StopAndDisable(machine, "W32Time");
    return machine;
}

/// The provider names another folder, which does not hold the key.
RecordedMachine TwoScratchFolders()
{
    RecordedMachine machine = HealthyServer();
    FileInfo folder;
    folder.name = "Scratch";
    folder.attributes = file_attribute::kDirectory;
    const std::string other = "D:\\MARS\\Scratch";
    machine.Set(ReadFileInfo{"D:\\MARS"}, folder);
    machine.Set(ReadFileInfo{"C:\\Program Files"}, folder);
    machine.Set(ReadFileInfo{other}, folder);
    machine.Set(ReadFileInfo{other + "\\OnlineBackup.KEK"}, Absent{});
    machine.Set(
        ReadVolume{other}, VolumeInfo{"D:\\", DriveKind::kFixed, "NTFS", 1ULL << 40, 1ULL << 39, false});
    const std::string config = std::string(kAgentKey) + "\\Config";
    machine.Set(ListRegistryKey{config}, RegistryKeyContent{});
    machine.Set(ReadRegistryValue{{config, "ScratchLocation"}}, RegistryValue::String(other));
    return machine;
}

RecordedMachine CompressedScratch()
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, ReadFileInfo{kScratch},
        [](FileInfo& info) { info.attributes |= file_attribute::kCompressed; });
    Edit(machine, SurveyFolder{kScratch}, [](FolderSurvey& survey) {
        survey.compressed = 2;
        survey.compressedBytes = 3ULL << 30;
        survey.compressedStoredBytes = 2ULL << 30;
    });
    return machine;
}

/// SYSTEM's proxy does not answer, and there is a way without it.
RecordedMachine DeadProxy()
{
    const std::string proxy = "old-proxy.contoso.example:8080";
    const std::string key = "HKU\\S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    RecordedMachine machine = OnlineServer();
    // Else the proxy would be none that matters.
    machine.Set(ReadEvents{"CloudBackup", {1, 3, 10, 11}}, EventList{{{3, kNow - std::chrono::days(20)}}});
    ProxySettings settings;
    settings.enabled = true;
    settings.server = proxy;
    // No backup that says otherwise.
    SetEvents(machine, Absent{});
    machine.Set(ReadProxySettings{ProxyOwner::kSystem}, settings);
    SetAll(machine, Ended(ProbeEnd::kProxyUnreachable, 10060), proxy);
    machine.Set(ReadRegistryValue{{key, "ProxyEnable"}}, RegistryValue::Dword(1));
    machine.Set(ReadRegistryValue{{key, "ProxyServer"}}, RegistryValue::String(proxy));
    machine.Set(ReadRegistryValue{{key, "ProxyOverride"}}, Absent{});
    machine.Set(ReadRegistryValue{{key, "AutoConfigURL"}}, Absent{});
    machine.Set(ListRegistryKey{key}, RegistryKeyContent{});
    machine.Set(ListRegistryKey{key + "\\Connections"}, RegistryKeyContent{});
    for (const char* name : {"DefaultConnectionSettings", "SavedLegacySettings"})
    {
        machine.Set(ReadRegistryValue{{key + "\\Connections", name}}, Absent{});
    }
    return machine;
}

struct ServiceRepair
{
    const char* id;
    const char* service;
    RecordedMachine (*sick)();
    /// The service runs when the repair begins, and the repair stops it.
    bool stops;
};

constexpr ServiceRepair kRepairs[] = {{"basics.service_stopped", "obengine", StoppedAgent, false},
    {"basics.clock_wrong", "W32Time", WrongClock, false},
    {"restore.iscsi_service_stopped", "MSiSCSI", StoppedInitiator, false},
    {"encryption.scratch_location_mismatch", "obengine", TwoScratchFolders, true},
    {"encryption.scratch_attributes", "obengine", CompressedScratch, true},
    {"connectivity.system_proxy_wrong", "obengine", DeadProxy, true},
    {"basics.management_service_stopped", "OBRecoveryServicesManagementAgent", StoppedReporter, false}};

/// What the service manager and the service do when they are asked.
enum class Stopping
{
    kWorks,
    /// Not within the time that it has; later it is stopped, and can be started.
    kIsSlow,
    kNeverEnds,
    kIsRefused,
    /// It was asked, says for some time that it runs, and then stops.
    kIsBusyFirst,
};
enum class Starting
{
    kWorks,
    kFails,
    kFailsOnce,
    /// Not within the time that it has.
    kNeverEnds,
};

/// ERROR_SERVICE_REQUEST_TIMEOUT
constexpr std::uint32_t kRequestTimeout = 1053;

class ServiceManager : public FakeChanger
{
public:
    ServiceManager(std::shared_ptr<RecordedMachine> machine, std::shared_ptr<Fate> fate)
        : FakeChanger(machine, fate), m_server(std::move(machine))
    {}

    Status StopService(const std::string& service, const Wait& wait) override
    {
        const Status heard = Hear(wait);
        if (stopping == Stopping::kIsRefused)
        {
            return Failure{code::kAccessDenied, service};
        }
        if (stopping == Stopping::kIsBusyFirst)
        {
            stopping = Stopping::kWorks;
            return Failure{kRequestTimeout, service};
        }
        if (!heard || stopping == Stopping::kIsSlow || stopping == Stopping::kNeverEnds)
        {
            SetState(service, ServiceState::kStopPending);
            return heard ? Failure{code::kTimeout, service} : heard;
        }
        return FakeChanger::StopService(service, wait);
    }
    Status StartService(const std::string& service, const Wait& wait) override
    {
        const Status heard = Hear(wait);
        const bool stillStops = StateOf(service) == ServiceState::kStopPending;
        if (stopping == Stopping::kNeverEnds && stillStops)
        {
            return Failure{code::kTimeout, service};
        }
        const bool fails = starting == Starting::kFails || starting == Starting::kFailsOnce;
        if (fails)
        {
            starting = starting == Starting::kFailsOnce ? Starting::kWorks : starting;
            SetState(service, ServiceState::kStopped);
            return Failure{kRequestTimeout, service};
        }
        if (!heard || starting == Starting::kNeverEnds)
        {
            SetState(service, ServiceState::kStartPending);
            return heard ? Failure{code::kTimeout, service} : heard;
        }
        return FakeChanger::StartService(service, wait);
    }

    Stopping stopping = Stopping::kWorks;
    Starting starting = Starting::kWorks;
    /// Of the calls of this class: the one during which the person stops the repair, from 1.
    int stopsInCall = 0;
    std::stop_source stop;

private:
    /// As the real one: it gives up waiting when the person stops, and what it asked for goes on.
    Status Hear(const Wait& wait)
    {
        if (++m_calls == stopsInCall)
        {
            stop.request_stop();
        }
        return wait.stop.stop_requested() ? Status(wait.WhyOver("waiting for the service")) : Status::Done();
    }
    ServiceState StateOf(const std::string& service) const
    {
        return m_server->Ask(QueryService{service}, Wait{})->state;
    }
    void SetState(const std::string& service, ServiceState state)
    {
        Edit(*m_server, QueryService{service}, [&](ServiceStatus& status) { status.state = state; });
    }

    std::shared_ptr<RecordedMachine> m_server;
    int m_calls = 0;
};

struct Bench
{
    explicit Bench(const ServiceRepair& what)
        : repair(what), machine(std::make_shared<RecordedMachine>(what.sick())),
          services(std::make_shared<ServiceManager>(machine, fate))
    {}

    RepairEngine Engine() const
    {
        return RepairEngine(machine, services, folder, MarsAgent());
    }
    /// `stopAtStep`: the person stops the repair when this step begins, from 0.
    RepairResult Repair(std::size_t stopAtStep = SIZE_MAX)
    {
        RepairEngine engine = Engine();
        const RepairResult plan = engine.MakePlan(*FindRootCause(repair.id), {}, {});
        REQUIRE(plan.status == RepairStatus::kPlanned);
        steps = plan.steps.size();
        const auto progress = [&](std::size_t step, std::uint64_t, std::uint64_t) {
            if (step == stopAtStep)
            {
                services->stop.request_stop();
            }
        };
        return engine.Apply(plan, {}, {}, progress, services->stop.get_token());
    }
    ServiceState State() const
    {
        return machine->Ask(QueryService{repair.service}, Wait{})->state;
    }
    ServiceState Before() const
    {
        return repair.stops ? ServiceState::kRunning : ServiceState::kStopped;
    }

    ServiceRepair repair;
    std::shared_ptr<RecordedMachine> machine;
    std::shared_ptr<Fate> fate = std::make_shared<Fate>();
    std::shared_ptr<ServiceManager> services;
    std::shared_ptr<MemoryFolder> folder = std::make_shared<MemoryFolder>(fate);
    std::size_t steps = 0;
};

/// The promise: nobody is told anything good while a service that ran is stopped.
void CheckEnd(const Bench& bench, const RepairResult& result)
{
    CAPTURE(std::string(bench.repair.id));
    CAPTURE(std::string(WordOf(result.status)));
    CAPTURE(std::string(WordOf(bench.State())));
    switch (result.status)
    {
    case RepairStatus::kApplied:
        CHECK(bench.State() == ServiceState::kRunning);
        break;
    case RepairStatus::kRolledBack:
    case RepairStatus::kStopped:
    case RepairStatus::kRefused:
        CHECK(bench.State() == bench.Before());
        CHECK(result.leftStopped.empty());
        break;
    default: {
        REQUIRE(result.status == RepairStatus::kFailed);
        CHECK(result.applied);
        const bool isDown = bench.repair.stops && bench.State() != ServiceState::kRunning;
        CHECK(result.leftStopped == (isDown ? bench.repair.service : ""));
        for (const Language language : {Language::kEnglish, Language::kSpanish})
        {
            const std::string text = ExplainRepair(result, BuiltInKnowledge(), language);
            const std::string heading = HowRepairStands(result, BuiltInKnowledge(), language);
            CHECK((text.find(bench.repair.service) != std::string::npos) == isDown);
            CHECK((heading.find(bench.repair.service) != std::string::npos) == isDown);
        }
    }
    }
}

/// The repairs whose source names one of these changes.
std::set<std::string> RepairsThatTouchServices()
{
    std::set<std::string> found;
    const std::filesystem::path pages = std::filesystem::path(MARS_SOURCE_FOLDER) / "wizard_pages";
    for (const RootCause* cause : AllRootCauses())
    {
        std::string path(cause->id);
        std::ranges::replace(path, '.', '/');
        std::ifstream file(pages / (path + ".cpp"));
        const std::string source{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        REQUIRE_MESSAGE(!source.empty(), cause->id);
        for (const char* change : {"StopService{", "RestartService{", "StartService{", "ProposeStart("})
        {
            if (source.find(change) != std::string::npos)
            {
                found.insert(std::string(cause->id));
            }
        }
    }
    return found;
}

int CallsOf(const ServiceRepair& repair)
{
    Bench bench(repair);
    CHECK(bench.Repair().status == RepairStatus::kApplied);
    return bench.fate->Calls();
}

} // namespace

TEST_CASE("run state: every repair of the catalogue that touches a service is in the table")
{
    std::set<std::string> listed;
    for (const ServiceRepair& repair : kRepairs)
    {
        listed.insert(repair.id);
        Bench bench(repair);
        const RepairResult plan = bench.Engine().MakePlan(*FindRootCause(repair.id), {}, {});
        CAPTURE(std::string(repair.id));
        CAPTURE(plan.error ? plan.error->what : std::string());
        REQUIRE(plan.status == RepairStatus::kPlanned);
        const bool stops = std::ranges::any_of(plan.steps, [](const RepairStep& step) {
            return std::holds_alternative<StopService>(step.change)
                || std::holds_alternative<RestartService>(step.change);
        });
        CHECK(stops == repair.stops);
        CHECK(bench.State() == bench.Before());
    }
    CHECK(RepairsThatTouchServices() == listed);
}

TEST_CASE("run state: a service that stops or starts badly runs again, or is said to be stopped")
{
    struct Way
    {
        const char* name;
        Stopping stopping;
        Starting starting;
        /// For a repair that stops the service; the others leave it as it was.
        ServiceState end;
        RepairStatus status;
    };
    constexpr Way kWays[] = {
        {"slow to stop", Stopping::kIsSlow, Starting::kWorks, ServiceState::kRunning,
            RepairStatus::kRolledBack},
        {"never stops", Stopping::kNeverEnds, Starting::kWorks, ServiceState::kStopPending,
            RepairStatus::kFailed},
        {"refuses to stop", Stopping::kIsRefused, Starting::kWorks, ServiceState::kRunning,
            RepairStatus::kRolledBack},
        {"is busy first", Stopping::kIsBusyFirst, Starting::kWorks, ServiceState::kRunning,
            RepairStatus::kRolledBack},
        {"does not start", Stopping::kWorks, Starting::kFails, ServiceState::kStopped, RepairStatus::kFailed},
        {"starts the second time", Stopping::kWorks, Starting::kFailsOnce, ServiceState::kRunning,
            RepairStatus::kRolledBack},
        {"starts for ever", Stopping::kWorks, Starting::kNeverEnds, ServiceState::kStartPending,
            RepairStatus::kFailed},
    };
    for (const ServiceRepair& repair : kRepairs)
    {
        for (const Way& way : kWays)
        {
            CAPTURE(std::string(repair.id));
            CAPTURE(std::string(way.name));
            Bench bench(repair);
            bench.services->stopping = way.stopping;
            bench.services->starting = way.starting;
            const RepairResult result = bench.Repair();
            CheckEnd(bench, result);
            if (repair.stops)
            {
                // What was asked to stop and said nothing is not left to stop later.
                const auto stops =
                    std::ranges::count(bench.services->runs, "-" + std::string(repair.service));
                CHECK((way.stopping != Stopping::kIsBusyFirst || stops == 1));
                CHECK(bench.State() == way.end);
                // What was uncompressed before the start failed stays so.
                const bool stays = std::string_view(repair.id) == "encryption.scratch_attributes"
                    && way.starting != Starting::kWorks;
                CHECK(result.status == (stays ? RepairStatus::kFailed : way.status));
            }
            else if (way.starting != Starting::kWorks)
            {
                CHECK(result.status != RepairStatus::kApplied);
            }
        }
    }
}

TEST_CASE("run state: a stop by the person, at each step and while the service stops or starts")
{
    for (const ServiceRepair& repair : kRepairs)
    {
        Bench undisturbed(repair);
        CHECK(undisturbed.Repair().status == RepairStatus::kApplied);
        for (std::size_t step = 0; step < undisturbed.steps; ++step)
        {
            CAPTURE(step);
            Bench bench(repair);
            const RepairResult result = bench.Repair(step);
            CHECK(result.status != RepairStatus::kApplied);
            CHECK(result.leftStopped.empty());
            CHECK(bench.State() == bench.Before());
            CheckEnd(bench, result);
        }
        for (int call = 1; call <= 2; ++call)
        {
            CAPTURE(call);
            Bench bench(repair);
            bench.services->stopsInCall = call;
            CheckEnd(bench, bench.Repair());
        }
    }
}

TEST_CASE("run state: a failure or a lie at any call")
{
    for (const ServiceRepair& repair : kRepairs)
    {
        const int calls = CallsOf(repair);
        for (const Fate::Kind kind : {Fate::Kind::kFail, Fate::Kind::kLie})
        {
            for (int call = 1; call <= calls; ++call)
            {
                CAPTURE(call);
                Bench bench(repair);
                bench.fate->Spoil(kind, call);
                CheckEnd(bench, bench.Repair());
            }
        }
    }
}

TEST_CASE("run state: a kill at any call, and the roll-back at the next start")
{
    for (const ServiceRepair& repair : kRepairs)
    {
        const int calls = CallsOf(repair);
        for (const Fate::Kind kind : {Fate::Kind::kDieBefore, Fate::Kind::kDieAfter})
        {
            for (int call = 1; call <= calls; ++call)
            {
                CAPTURE(std::string(repair.id));
                CAPTURE(call);
                Bench bench(repair);
                bench.fate->Spoil(kind, call);
                CHECK_THROWS_AS(bench.Repair(), Killed);
                bench.fate->Spoil(Fate::Kind::kNone, 0);
                const auto items = bench.Engine().ListUndo();
                REQUIRE(items.HasValue());
                for (const UndoItem& item : *items)
                {
                    if (item.entry.damage.empty() && item.entry.end == EntryEnd::kInterrupted)
                    {
                        CHECK(bench.Engine().Undo(item.entry.name).leftStopped.empty());
                    }
                }
                CHECK((bench.State() == ServiceState::kRunning || !repair.stops));
            }
        }
    }
}

TEST_CASE(
    "run state: a roll-back at the next start that cannot start the service says so, and can be tried again")
{
    Bench bench(kRepairs[3]);
    REQUIRE(bench.repair.stops);
    // The head, two registry values with two lines each, "begin" of the restart, and the stop.
    const int calls = CallsOf(bench.repair);
    bench.fate->Spoil(Fate::Kind::kDieAfter, calls - 3);
    CHECK_THROWS_AS(bench.Repair(), Killed);
    bench.fate->Spoil(Fate::Kind::kNone, 0);
    REQUIRE(bench.State() == ServiceState::kStopped);

    const UndoItem listed = bench.Engine().ListUndo()->front();
    CHECK(listed.status == UndoStatus::kUndoable);
    CHECK(listed.steps.back().change == Change(StartService{"obengine"}));
    bench.services->starting = Starting::kFails;
    const UndoItem failed = bench.Engine().Undo(listed.entry.name);
    CHECK(failed.status == UndoStatus::kFailed);
    CHECK(failed.leftStopped == "obengine");
    CHECK(ExplainUndo(failed, BuiltInKnowledge(), Language::kEnglish).find("obengine is stopped")
        == std::string::npos);
    CHECK(ExplainUndo(failed, BuiltInKnowledge(), Language::kEnglish).find("could not be started")
        != std::string::npos);

    bench.services->starting = Starting::kWorks;
    CHECK(bench.Engine().Undo(listed.entry.name).status == UndoStatus::kUndone);
    CHECK(bench.State() == ServiceState::kRunning);
}

TEST_CASE("run state: an entry of version 0.1.0, which does not say what ran, starts what it stopped")
{
    const std::string head =
        "<journal schema=\"1\"><header><root_cause>encryption.scratch_attributes</root_cause>"
        "<tool_version>0.1.0</tool_version><when>2026-03-01T12:00:00Z</when><who>somebody</who>"
        "<context>console</context></header><plan disturbs=\"yes\"><stop_service><service>obengine</service>"
        "</stop_service><restart_service><service>obengine</service></restart_service></plan></journal>\n";
    for (const char* lines :
        {"begin 1\n", "begin 1\ndone 1\nbegin 2\n", "begin 2\n", "begin 1\nfailed 1 1460\nend failed\n"})
    {
        CAPTURE(std::string(lines));
        Bench bench(kRepairs[4]);
        bench.folder->files["20260301T120000Z-encryption.scratch_attributes-1.journal"] = head + lines;
        Edit(*bench.machine, QueryService{"obengine"},
            [](ServiceStatus& status) { status.state = ServiceState::kStopped; });
        const UndoItem item = bench.Engine().ListUndo()->front();
        CHECK(item.entry.damage.empty());
        CHECK(item.status == UndoStatus::kUndoable);
        CHECK(bench.Engine().Undo(item.entry.name).status == UndoStatus::kUndone);
        CHECK(bench.State() == ServiceState::kRunning);
    }
}

TEST_CASE("run state: undo of a repair that reached its end starts nothing that somebody stopped since")
{
    Bench bench(kRepairs[3]);
    const RepairResult result = bench.Repair();
    REQUIRE(result.status == RepairStatus::kApplied);
    Edit(*bench.machine, QueryService{"obengine"},
        [](ServiceStatus& status) { status.state = ServiceState::kStopped; });
    CHECK(bench.Engine().Undo(result.journal).status == UndoStatus::kUndone);
    CHECK(bench.State() == ServiceState::kStopped);
}

TEST_CASE("run state: a service that somebody else is stopping is not started by a roll-back")
{
    Bench bench(kRepairs[3]);
    Edit(*bench.machine, QueryService{"obengine"},
        [](ServiceStatus& status) { status.state = ServiceState::kStopPending; });
    bench.services->stopping = Stopping::kNeverEnds;
    const RepairResult result = bench.Repair();
    CHECK(result.status == RepairStatus::kRolledBack);
    CHECK(bench.State() == ServiceState::kStopPending);
}

} // namespace mars::test
