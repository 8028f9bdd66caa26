// SPDX-License-Identifier: MIT
#include "jobs.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/tasks.h"
#include "questions/volumes.h"

namespace mars::test
{
namespace
{

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const RootCause& Cause()
{
    return *FindRootCause("jobs.backup_slow");
}

constexpr std::uint64_t kMiB = 1ULL << 20;
const ScanAgentLogs kLog{kLogFolder, {"FileProvider::EndData", "unoptimized, may take more time"}};
const ReadChangeJournal kJournal{"C:\\"};

/// A journal that has lost changes: of 100 days in which `written` was written it holds the last `size`.
ChangeJournal JournalOf(std::uint64_t size, std::uint64_t written)
{
    return {size, written - size, written, kNow - days(100)};
}

Outcome DetectWith(const ChangeJournal& journal)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kJournal, journal);
    return Detect(Cause(), machine);
}

Outcome DetectWith(std::vector<LogMatch> matches)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kLog, LogScan{std::move(matches), {0, 0}, kNow - hours(1), {{}, {}}});
    return Detect(Cause(), machine);
}

LogMatch Unoptimised(Timestamp time)
{
    return {time, kLog.patterns[1], "NORMAL", "Transferring data (unoptimized, may take more time)"};
}

Outcome DetectWithEvents(std::vector<EventInfo> events)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEndsOfJobs, EventList{std::move(events)});
    machine.Set(ReadEvents{"CloudBackup/Operational", kEndsOfJobs.ids}, Absent{});
    return Detect(Cause(), machine);
}

} // namespace

TEST_CASE("backup_slow: a healthy server passes, and its runs and volumes are shown")
{
    const Outcome outcome = Detect(Cause(), HealthyServer());
    CheckPassed(outcome);
    CHECK(outcome.Text("case").empty());
    CHECK(outcome.facts.at("runs") == Fact(std::vector<std::string>{"2026-03-09T21:00:00Z: 1:00 h"}));
    CHECK(outcome.facts.at("volumes") == Fact(std::vector<std::string>{"C:\\", "E:\\"}));
    CHECK(outcome.facts.at("transfer_ended") == Fact(kNow - hours(14)));
}

TEST_CASE("backup_slow: each run is as long as from its beginning to its end, five at most")
{
    std::vector<EventInfo> events;
    for (int i = 0; i < 7; ++i)
    {
        events.push_back({i == 1 ? 11U : 3U, kNow - days(i) - hours(1)});
        events.push_back({1, kNow - days(i) - hours(2) - minutes(5)});
    }
    const auto runs = std::get<std::vector<std::string>>(DetectWithEvents(events).facts.at("runs"));
    REQUIRE(runs.size() == 5);
    CHECK(runs[0] == "2026-03-10T09:55:00Z: 1:05 h");
    CHECK(runs[1] == "2026-03-09T09:55:00Z: 1:05 h");
    // One that never ended has no duration.
    CHECK(DetectWithEvents({{1, kNow - hours(3)}, {1, kNow - hours(9)}}).facts.at("runs")
        == Fact(std::vector<std::string>{"-"}));
}

TEST_CASE("backup_slow: a journal that keeps a day of changes is large enough for a daily backup")
{
    // 100 days of changes, of which it holds one.
    CheckPassed(DetectWith(JournalOf(32 * kMiB, 3200 * kMiB)));
    const Outcome outcome = DetectWith(JournalOf(32 * kMiB, 3232 * kMiB));
    CheckProblem(outcome, Level::kAdvice, "journal_small");
    CHECK(outcome.Text("volume") == "C:\\");
    CHECK(outcome.facts.at("size") == Fact(ByteCount{32 * kMiB}));
    CHECK(outcome.facts.at("hours_kept") == Fact(std::int64_t{23}));
    CHECK(outcome.facts.at("hours_between") == Fact(std::int64_t{24}));
    CHECK(outcome.facts.at("size_needed") == Fact(ByteCount{65 * kMiB}));
    CHECK(outcome.Text("journal_command") == "fsutil usn createjournal m=68157440 a=8388608 C:");
    CHECK(outcome.facts.at("journal_small") == Fact(true));
}

TEST_CASE("backup_slow: a journal that was made larger is judged by what it may hold")
{
    ChangeJournal journal = JournalOf(32 * kMiB, 3232 * kMiB);
    journal.maximumBytes = 65 * kMiB;
    CheckPassed(DetectWith(journal));
}

TEST_CASE("backup_slow: a journal that lost nothing, is young or has no beginning is not judged")
{
    ChangeJournal journal = JournalOf(1 * kMiB, 3232 * kMiB);
    CheckProblem(DetectWith(journal), Level::kAdvice, "journal_small");
    journal.begun = kNow - days(7) + std::chrono::seconds(1);
    CheckPassed(DetectWith(journal));
    journal.begun = kNow - days(7);
    CheckProblem(DetectWith(journal), Level::kAdvice, "journal_small");
    journal.begun = std::nullopt;
    CheckPassed(DetectWith(journal));
    journal = JournalOf(1 * kMiB, 3232 * kMiB);
    journal.first = 0;
    CheckPassed(DetectWith(journal));
    journal.first = journal.next;
    CheckPassed(DetectWith(journal));
}

TEST_CASE("backup_slow: the shortest of several journals is named; without a letter there is no command")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kJournal, JournalOf(32 * kMiB, 6400 * kMiB));
    machine.Set(ReadChangeJournal{"E:\\"}, JournalOf(32 * kMiB, 12800 * kMiB));
    CHECK(Detect(Cause(), machine).Text("volume") == "E:\\");
    Edit(machine, ListVolumes{}, [](LocalVolumeList& list) { list.volumes[2].paths = {"C:\\Data\\"}; });
    machine.Set(ReadChangeJournal{"C:\\Data\\"}, JournalOf(32 * kMiB, 12800 * kMiB));
    const Outcome outcome = Detect(Cause(), machine);
    CHECK(outcome.Text("volume") == "C:\\Data\\");
    CHECK_FALSE(outcome.facts.contains("journal_command"));
}

TEST_CASE("backup_slow: only the schedule of files counts, and without one no journal is too small")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kJournal, JournalOf(32 * kMiB, 3232 * kMiB));
    Edit(machine, ListTasks{kTaskFolder}, [](TaskList& list) {
        list.tasks[0].path = std::string(kTaskFolder) + "\\Microsoft-OnlineBackup-SystemStateBackup";
    });
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ListTasks{kTaskFolder}, Absent{});
    CheckPassed(Detect(Cause(), machine));
    machine.Set(ListTasks{kTaskFolder}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
}

TEST_CASE("backup_slow: volumes that cannot be backed up, or have no journal, are not asked about or judged")
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ReadChangeJournal{"E:\\"}, Absent{});
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.facts.at("volumes") == Fact(std::vector<std::string>{"C:\\"}));
    machine.Set(ReadChangeJournal{"E:\\"}, Failure{code::kAccessDenied, "CreateFile"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    Edit(machine, ListVolumes{}, [](LocalVolumeList& list) { list.volumes[2].fileSystem = "ReFS"; });
    CheckPassed(Detect(Cause(), machine));
    Edit(machine, ListVolumes{}, [](LocalVolumeList& list) {
        list.volumes[2].fileSystem = "NTFS";
        list.volumes[2].kind = DriveKind::kRemovable;
    });
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("backup_slow: three unoptimised runs within thirty days are advice, two are the rule")
{
    const std::vector<LogMatch> twice{Unoptimised(kNow - hours(2)), Unoptimised(kNow - hours(3)),
        Unoptimised(kNow - hours(26)), Unoptimised(kNow - hours(32))};
    CheckPassed(DetectWith(twice));
    std::vector<LogMatch> thrice = twice;
    thrice.push_back(Unoptimised(kNow - days(30)));
    const Outcome outcome = DetectWith(thrice);
    CheckProblem(outcome, Level::kAdvice, "unoptimised");
    CHECK(outcome.facts.at("unoptimised_runs") == Fact(std::int64_t{3}));
    thrice.back().time -= std::chrono::seconds(1);
    CheckPassed(DetectWith(thrice));
}

TEST_CASE("backup_slow: a running backup whose data is sent is making its list of files")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kEndsOfJobs, [](EventList& list) {
        list.events.insert(list.events.begin(), EventInfo{1, kNow - hours(5)});
    });
    Outcome outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case").empty());
    Edit(machine, kLog, [](LogScan& scan) { scan.matches[0].time = kNow - hours(1); });
    outcome = Detect(Cause(), machine);
    CheckPassed(outcome);
    CHECK(outcome.Text("case") == "cataloguing");
    CHECK(outcome.facts.at("running_since") == Fact(kNow - hours(5)));
}

TEST_CASE("backup_slow: what could not be asked lets nothing pass, and hides nothing that was found")
{
    const Failure denied{code::kAccessDenied, "x"};
    RecordedMachine machine = HealthyServer();
    machine.Set(kLog, denied);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine.Set(kJournal, JournalOf(32 * kMiB, 3232 * kMiB));
    CheckProblem(Detect(Cause(), machine), Level::kAdvice, "journal_small");
    machine = HealthyServer();
    machine.Set(kEndsOfJobs, denied);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ListVolumes{}, denied);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(ReadClock{}, denied);
    CheckCouldNotCheck(Detect(Cause(), machine), code::kAccessDenied);
    machine = HealthyServer();
    machine.Set(kJournal, Failure{code::kNotRecorded, "read_change_journal"});
    CheckCouldNotCheck(Detect(Cause(), machine), code::kNotRecorded);
}

TEST_CASE("backup_slow: a log that was not read whole proves nothing, one that is not there has nothing")
{
    RecordedMachine machine = HealthyServer();
    Edit(machine, kLog, [](LogScan& scan) {
        scan.missedBecause = code::kTimeout;
        scan.readSince = kNow - days(29);
    });
    CheckCouldNotCheck(Detect(Cause(), machine), code::kTimeout);
    Edit(machine, kLog, [](LogScan& scan) { scan.readSince = kNow - days(30); });
    CheckPassed(Detect(Cause(), machine));
    machine.Set(kLog, Absent{});
    CheckPassed(Detect(Cause(), machine));
}

TEST_CASE("backup_slow: needs the agent")
{
    CheckNeedsTheAgent(Cause());
}

} // namespace mars::test
