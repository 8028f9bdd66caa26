// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_events.h"
#include "agent_tasks.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/log.h"
#include "questions/tasks.h"
#include "questions/volumes.h"
#include "root_cause.h"
#include "task_xml.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::jobs
{
namespace
{

using std::chrono::seconds;

/// The system state is copied whole, by Windows Server Backup and not by the change journal.

/// The two lines that Microsoft's article on slow backups names: the second it shows among the details of a
/// job. How many bytes a run sent, and a limit of the bandwidth, stand nowhere that is documented.
const std::vector<std::string> kPatterns{"FileProvider::EndData", "unoptimized, may take more time"};
constexpr std::size_t kTransferEnded = 0;
constexpr std::size_t kUnoptimised = 1;

/// Events of the agent's channel: a backup began; it ended well, with warnings, with errors.
const std::vector<std::uint32_t> kEvents{1, 3, 10, 11};
constexpr std::uint32_t kBegan = 1;

constexpr std::size_t kMostRuns = 5;
/// The first backup and the one after a failure are always unoptimised, so that two of them are no sign.
constexpr std::int64_t kTooManyUnoptimised = 3;
constexpr std::chrono::days kLookBack{30};
/// What changed in less time says nothing of an ordinary day.
constexpr std::chrono::days kLeastAge{7};
/// By so much Windows makes a journal longer and shorter, see fsutil.
constexpr std::uint64_t kMiB = 1ULL << 20;
constexpr std::uint64_t kAllocation = 8 * kMiB;
/// A run writes such a line more than once, for each volume; two runs lie further apart.
constexpr std::chrono::hours kBetweenRuns{6};

// ---- The last runs

/// When each of the last runs began and how long it took, the newest first.
std::vector<std::string> Durations(const EventList& events)
{
    std::vector<std::string> runs;
    std::optional<Timestamp> ended;
    for (const EventInfo& event : events.events)
    {
        if (event.id == kBegan && ended && runs.size() < kMostRuns)
        {
            const auto minutes = std::chrono::floor<std::chrono::minutes>(*ended - event.time).count();
            runs.push_back(fmt::format("{}: {}:{:02} h", ToIso8601(event.time), minutes / 60, minutes % 60));
        }
        ended = event.id == kBegan ? std::nullopt : std::optional(event.time);
    }
    return runs;
}

/// Since when one runs; nothing where none does.
std::optional<Timestamp> RunningSince(const EventList& events)
{
    const bool running = !events.events.empty() && events.events.front().id == kBegan;
    return running ? std::optional(events.events.front().time) : std::nullopt;
}

std::int64_t UnoptimisedRuns(const LogScan& scan, Timestamp now)
{
    std::int64_t runs = 0;
    std::optional<Timestamp> later;
    for (const LogMatch& match : scan.matches)
    {
        const bool counts = match.pattern == kPatterns[kUnoptimised] && match.time >= now - kLookBack;
        if (counts && (!later || *later - match.time > kBetweenRuns))
        {
            ++runs;
        }
        later = counts ? std::optional(match.time) : later;
    }
    return runs;
}

std::optional<Timestamp> LastTransfer(const LogScan& scan)
{
    const auto found = std::ranges::find(scan.matches, kPatterns[kTransferEnded], &LogMatch::pattern);
    return found == scan.matches.end() ? std::nullopt : std::optional(found->time);
}

// ---- Change journals

/// The shortest time between two backups of files. Absent: none is in the schedule.
Answer<seconds> ReadInterval(const MachineView& machine, const ClockReading& clock)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        return list.Error();
    }
    int days = 0;
    for (const ScheduledTask& task : list.ValueOr({}).tasks)
    {
        const auto definition = ReadTaskDefinition(task.xml);
        if (!task.enabled || !definition || IsSystemStateTask(task.path))
        {
            continue;
        }
        for (const TaskTrigger& trigger : definition->triggers)
        {
            if (trigger.enabled && trigger.longestGapDays > 0 && !HasEnded(trigger, clock))
            {
                days = days == 0 ? trigger.longestGapDays : std::min(days, trigger.longestGapDays);
            }
        }
    }
    return days == 0 ? Answer<seconds>(Absent{}) : Answer<seconds>(std::chrono::days(days));
}

struct VolumeJournal
{
    std::string volume;
    Answer<ChangeJournal> journal;
};

/// Of every volume that can be backed up; no document says where the agent keeps which of them are.
Answer<std::vector<VolumeJournal>> ReadJournals(const MachineView& machine)
{
    const auto list = machine.Ask(ListVolumes{});
    if (!list)
    {
        return list.HasFailed() ? list.Error() : Failure{code::kNotSupported, "list volumes"};
    }
    std::vector<VolumeJournal> journals;
    for (const LocalVolume& volume : list->volumes)
    {
        const bool hasJournal = volume.kind == DriveKind::kFixed && volume.fileSystem == "NTFS"
            && !volume.readOnly && !volume.paths.empty();
        if (hasJournal)
        {
            const std::string& path = volume.paths.front();
            journals.push_back({path, machine.Ask(ReadChangeJournal{path})});
        }
    }
    return journals;
}

/// How long a change stays in the journal, by the average since it began. Nothing where that cannot be said,
/// and where it has lost nothing yet. A journal that was just made larger counts with its new size.
std::optional<seconds> TimeKept(const ChangeJournal& journal, Timestamp now)
{
    const bool tells = journal.begun && now - *journal.begun >= kLeastAge && journal.first > 0
        && journal.first < journal.next;
    if (!tells)
    {
        return std::nullopt;
    }
    const std::uint64_t room = std::max(journal.maximumBytes, journal.next - journal.first);
    const double share = static_cast<double>(room) / static_cast<double>(journal.next);
    return seconds(static_cast<std::int64_t>(share * static_cast<double>((now - *journal.begun).count())));
}

/// What the journal would have to hold for twice the interval, so that one missed backup costs no full scan;
/// in whole MiB.
ByteCount SizeFor(seconds interval, const ChangeJournal& journal, Timestamp now)
{
    const double perSecond =
        static_cast<double>(journal.next) / static_cast<double>((now - *journal.begun).count());
    const auto bytes = static_cast<std::uint64_t>(perSecond * 2 * static_cast<double>(interval.count()));
    return {(bytes / kMiB + 1) * kMiB};
}

/// The command that makes it larger. Nothing for a volume without a letter, by which fsutil names it.
std::optional<std::string> CommandFor(const std::string& volume, ByteCount size)
{
    const bool hasLetter = volume.size() == 3 && volume.ends_with(":\\");
    return hasLetter ? std::optional(fmt::format(
               "fsutil usn createjournal m={} a={} {}", size.bytes, kAllocation, volume.substr(0, 2)))
                     : std::nullopt;
}

/// The journal that keeps its changes the shortest, and too short; nothing where none does.
std::optional<Facts> FindShortJournal(
    const std::vector<VolumeJournal>& journals, const Answer<seconds>& interval, Timestamp now)
{
    std::optional<Facts> found;
    std::optional<seconds> shortest;
    for (const VolumeJournal& one : journals)
    {
        const auto kept = one.journal ? TimeKept(*one.journal, now) : std::nullopt;
        if (!kept || !interval || *kept >= *interval || (shortest && *kept >= *shortest))
        {
            continue;
        }
        shortest = kept;
        const ByteCount needed = SizeFor(*interval, *one.journal, now);
        found = Facts{{"volume", one.volume}, {"size", ByteCount{one.journal->maximumBytes}},
            {"hours_kept", std::int64_t{std::chrono::floor<std::chrono::hours>(*kept).count()}},
            {"hours_between", std::int64_t{std::chrono::floor<std::chrono::hours>(*interval).count()}},
            {"size_needed", needed}};
        if (auto command = CommandFor(one.volume, needed))
        {
            found->emplace("journal_command", std::move(*command));
        }
    }
    return found;
}

/// Why nothing can be said of a journal, where that is so.
std::optional<Failure> FirstFailure(const std::vector<VolumeJournal>& journals)
{
    const auto failed =
        std::ranges::find_if(journals, [](const VolumeJournal& one) { return one.journal.HasFailed(); });
    return failed == journals.end() ? std::nullopt : std::optional(failed->journal.Error());
}

// ---- Together

struct Evidence
{
    Timestamp now;
    Answer<EventList> events;
    Answer<LogScan> scan;
    Answer<seconds> interval;
    Answer<std::vector<VolumeJournal>> journals;
};

std::optional<Failure> WhyNotSure(const Evidence& evidence)
{
    if (evidence.events.HasFailed())
    {
        return evidence.events.Error();
    }
    if (evidence.scan.HasFailed())
    {
        return evidence.scan.Error();
    }
    if (evidence.scan && !evidence.scan->Covers(evidence.now - kLookBack))
    {
        return Failure{evidence.scan->missedBecause, "scan the agent's log"};
    }
    if (evidence.interval.HasFailed())
    {
        return evidence.interval.Error();
    }
    return evidence.journals ? FirstFailure(*evidence.journals) : evidence.journals.Error();
}

/// What the last runs show, whatever is concluded.
Facts FactsOf(const Evidence& evidence)
{
    Facts facts;
    std::vector<std::string> volumes;
    for (const VolumeJournal& one : evidence.journals.ValueOr({}))
    {
        if (one.journal)
        {
            volumes.push_back(one.volume);
        }
    }
    std::vector<std::string> runs = Durations(evidence.events.ValueOr({}));
    facts["runs"] = runs.empty() ? std::vector<std::string>{"-"} : std::move(runs);
    facts["volumes"] = volumes.empty() ? std::vector<std::string>{"-"} : std::move(volumes);
    if (const auto transfer = LastTransfer(evidence.scan.ValueOr({})))
    {
        facts["transfer_ended"] = *transfer;
    }
    return facts;
}

Outcome Judge(const Evidence& evidence)
{
    Facts facts = FactsOf(evidence);
    const auto journal = FindShortJournal(evidence.journals.ValueOr({}), evidence.interval, evidence.now);
    if (journal)
    {
        facts.insert(journal->begin(), journal->end());
        facts["case"] = "journal_small";
        facts["journal_small"] = true;
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    const std::int64_t unoptimised = UnoptimisedRuns(evidence.scan.ValueOr({}), evidence.now);
    facts["unoptimised_runs"] = unoptimised;
    if (unoptimised >= kTooManyUnoptimised)
    {
        facts["case"] = "unoptimised";
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    const auto running = RunningSince(evidence.events.ValueOr({}));
    const auto transfer = LastTransfer(evidence.scan.ValueOr({}));
    if (const auto why = WhyNotSure(evidence))
    {
        return Outcome::CouldNotCheck(*why, std::move(facts));
    }
    if (running && transfer && *transfer > *running)
    {
        facts["case"] = "cataloguing";
        facts["running_since"] = *running;
    }
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        return Outcome::CouldNotCheck(
            clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "clock"});
    }
    return Judge({clock->now, ReadAgentEvents(machine, kEvents),
        machine.Ask(ScanAgentLogs{agent->LogFolder(), kPatterns}), ReadInterval(machine, *clock),
        ReadJournals(machine)});
}

std::vector<LogSearch> LogSearches(const Given&)
{
    return {{kPatterns}};
}

} // namespace

const RootCause& BackupSlow()
{
    static constexpr RootCause kCause{
        "jobs.backup_slow", "J-7", RepairKind::kGuided, true, Detect, nullptr, {}, false, LogSearches};
    return kCause;
}

} // namespace mars::jobs
