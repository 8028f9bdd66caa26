// SPDX-License-Identifier: MIT
#include "records.h"

#include "agent.h"
#include "agent_events.h"
#include "install_log.h"
#include "known_errors.h"
#include "last_backup.h"
#include "log_findings.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/files.h"
#include "questions/log.h"
#include "questions/tasks.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

/// Events of the agent's channel.
constexpr std::uint32_t kFailed = 11;
constexpr std::uint32_t kDidNotStart = 18;
/// What the checks of past jobs ask for, so that one question serves all.
const std::vector<std::uint32_t> kJobEvents{3, 10, 11, 14, 16, 18};

/// Results of a task that say nothing of a failure: ready, running, disabled, not yet run, no more
/// runs, queued.
constexpr std::array<std::uint32_t, 7> kNoFailure{0, 0x41300, 0x41301, 0x41302, 0x41303, 0x41304, 0x41325};

constexpr std::chrono::days kLongAgo{30};

class Reader
{
public:
    Reader(const MachineView& machine, const Knowledge& knowledge)
        : m_machine(machine), m_errors(KnownErrors(knowledge)), m_symptoms(KnownSymptoms(knowledge))
    {}

    Records Read()
    {
        const auto agent = FindAgent(m_machine);
        if (agent.HasFailed())
        {
            m_records.unread.push_back({RecordSource::kAgentLog, agent.Error()});
        }
        if (agent)
        {
            ReadLog(m_machine.Ask(ScanAgentLogs{agent->LogFolder(), LogErrorPatterns(), true}),
                RecordSource::kAgentLog);
            ReadConsoleLog(agent->LogFolder());
            ReadJobEvents();
            ReadTasks();
            ReadSkippedFiles(m_machine.Ask(ReadFailedFiles{agent->LogFolder()}));
        }
        // Where the installation failed there is no agent.
        ReadInstallLogs();
        Finish();
        return std::move(m_records);
    }

private:
    template <class IsIt>
    const KnownError* FindKnown(IsIt isIt) const
    {
        const auto found = std::ranges::find_if(m_errors, isIt);
        return found == m_errors.end() ? nullptr : &*found;
    }

    const KnownError* FindNumber(std::optional<std::uint32_t> number) const
    {
        return FindKnown([&](const KnownError& error) { return number && error.HasNumber(*number); });
    }

    /// The symptom that shares a cause with the error, on the error's own page if possible.
    std::string SymptomOf(const RecordEntry& entry) const
    {
        const Symptom* found = nullptr;
        for (const Symptom& symptom : m_symptoms)
        {
            const bool shares =
                std::ranges::find_first_of(entry.causes, symptom.causes) != entry.causes.end();
            const bool nearer = found == nullptr || found->section != entry.section;
            if (shares && nearer && (found == nullptr || symptom.section == entry.section))
            {
                found = &symptom;
            }
        }
        return found == nullptr ? std::string() : found->id;
    }

    RecordEntry NewEntry(RecordSource source, std::string error, const KnownError* known) const
    {
        RecordEntry entry;
        entry.source = source;
        entry.error = std::move(error);
        if (known != nullptr)
        {
            entry.knownError = known->id;
            entry.section = known->section;
            entry.causes = known->causes;
        }
        return entry;
    }

    /// Adds one more, with when it happened.
    static void Count(RecordEntry& entry, Timestamp first, Timestamp last, std::uint64_t count)
    {
        entry.first = entry.count == 0 ? first : std::min(entry.first, first);
        entry.last = entry.count == 0 ? last : std::max(entry.last, last);
        entry.count += count;
    }

    void Add(RecordEntry entry)
    {
        if (entry.count != 0)
        {
            entry.symptom = entry.symptom.empty() ? SymptomOf(entry) : entry.symptom;
            m_records.entries.push_back(std::move(entry));
        }
    }

    /// A failure that only says that there is nothing of the kind is none.
    template <class T>
    bool IsRead(const Answer<T>& answer, RecordSource source)
    {
        if (answer.HasFailed())
        {
            m_records.unread.push_back({source, answer.Error()});
        }
        return answer.HasValue();
    }

    /// One entry for each error; `patterns` are those of the errors, one after the other.
    void AddScan(const LogScan& scan, RecordSource source)
    {
        std::size_t pattern = 0;
        for (const LogError& error : LogErrors())
        {
            const KnownError* known =
                FindKnown([&](const KnownError& one) { return IsSameError(one, error); });
            RecordEntry entry = NewEntry(source, error.Name(), known);
            entry.section = error.section;
            entry.level = error.level;
            for (std::size_t i = 0; i < error.Patterns().size(); ++i, ++pattern)
            {
                AddPattern(scan, pattern, entry);
            }
            entry.atLeast = !scan.IsComplete();
            Add(std::move(entry));
        }
    }

    static void AddPattern(const LogScan& scan, std::size_t pattern, RecordEntry& entry)
    {
        if (pattern < scan.times.size() && pattern < scan.totals.size() && scan.times[pattern].first
            && scan.times[pattern].last)
        {
            Count(entry, *scan.times[pattern].first, *scan.times[pattern].last, scan.totals[pattern]);
        }
    }

    void ReadLog(const Answer<LogScan>& scan, RecordSource source)
    {
        if (IsRead(scan, source))
        {
            AddScan(*scan, source);
            if (!scan->IsComplete())
            {
                m_records.unread.push_back({source, {scan->missedBecause, "scan a log"}});
            }
        }
    }

    /// Older recordings did not ask for it.
    void ReadConsoleLog(const std::string& folder)
    {
        const auto scan = m_machine.Ask(ScanConsoleLogs{folder, LogErrorPatterns(), true});
        if (!scan.HasFailed() || scan.Error().code != code::kNotRecorded)
        {
            ReadLog(scan, RecordSource::kConsoleLog);
        }
    }

    void ReadJobEvents()
    {
        RecordEntry failed = NewEntry(RecordSource::kEvents, std::to_string(kFailed), nullptr);
        failed.section = "jobs";
        failed.causes = {"jobs.failed_events"};
        RecordEntry didNotStart = NewEntry(RecordSource::kEvents, std::to_string(kDidNotStart), nullptr);
        didNotStart.section = "scheduling";
        didNotStart.causes = {"scheduling.last_run_failed"};
        didNotStart.symptom = "schedule_does_not_run";
        const auto events = ReadAgentEvents(m_machine, kJobEvents);
        if (IsRead(events, RecordSource::kEvents))
        {
            for (const EventInfo& event : events->events)
            {
                if (event.id == kFailed || event.id == kDidNotStart)
                {
                    Count(event.id == kFailed ? failed : didNotStart, event.time, event.time, 1);
                }
            }
        }
        Add(std::move(failed));
        Add(std::move(didNotStart));
    }

    void ReadTasks()
    {
        const auto list = m_machine.Ask(ListTasks{"\\Microsoft\\OnlineBackup"});
        if (!IsRead(list, RecordSource::kTask))
        {
            return;
        }
        for (const ScheduledTask& task : list->tasks)
        {
            if (!task.lastResult || !task.lastRun
                || std::ranges::find(kNoFailure, *task.lastResult) != kNoFailure.end())
            {
                continue;
            }
            RecordEntry entry = NewEntry(
                RecordSource::kTask, fmt::format("0x{:X}", *task.lastResult), FindNumber(task.lastResult));
            entry.section = "scheduling";
            entry.causes = {"scheduling.last_run_failed"};
            entry.symptom = "schedule_does_not_run";
            Count(entry, *task.lastRun, *task.lastRun, 1);
            Add(std::move(entry));
        }
    }

    void ReadSkippedFiles(const Answer<FailedFiles>& list)
    {
        if (!IsRead(list, RecordSource::kSkippedFiles))
        {
            return;
        }
        for (const FailedFileGroup& group : list->groups)
        {
            const auto number = group.code == 0 ? std::nullopt : std::optional(group.code);
            RecordEntry entry = NewEntry(RecordSource::kSkippedFiles,
                number ? fmt::format("0x{:08X}", *number) : std::string(), FindNumber(number));
            entry.level = Level::kWarning;
            entry.section = "jobs";
            entry.causes = {"jobs.files_skipped"};
            entry.symptom = "completed_with_warnings";
            entry.atLeast = list->truncated;
            Count(entry, list->written, list->written, group.files);
            Add(std::move(entry));
        }
    }

    void ReadInstallLogs()
    {
        const auto windows = m_machine.Ask(FindFolder{KnownFolder::kWindows});
        if (!IsRead(windows, RecordSource::kInstallLog))
        {
            return;
        }
        const auto scan =
            m_machine.Ask(ScanInstallLogs{JoinPath(windows->path, "Temp"), InstallLogPatterns()});
        if (!IsRead(scan, RecordSource::kInstallLog))
        {
            return;
        }
        AddScan(*scan, RecordSource::kInstallLog);
        std::size_t pattern = LogErrorPatterns().size();
        for (const std::uint32_t error : InstallErrors())
        {
            RecordEntry entry = NewEntry(RecordSource::kInstallLog, std::to_string(error), nullptr);
            entry.section = "basics";
            entry.causes = {"basics.installation_failed", "basics.agent_missing"};
            entry.symptom = "agent_does_not_start";
            AddPattern(*scan, pattern++, entry);
            entry.atLeast = !scan->IsComplete();
            Add(std::move(entry));
        }
    }

    void Finish()
    {
        const auto success = ReadLastSuccess(m_machine);
        const auto clock = m_machine.Ask(ReadClock{});
        for (RecordEntry& entry : m_records.entries)
        {
            // What a backup that succeeded skipped or warned of is not overcome by that.
            const bool overcome = success && entry.last <= *success && entry.level != Level::kWarning;
            entry.past = overcome || (clock && entry.last < clock->now - kLongAgo);
        }
        std::ranges::stable_sort(m_records.entries, std::greater(), &RecordEntry::last);
    }

    const MachineView& m_machine;
    std::vector<KnownError> m_errors;
    std::vector<Symptom> m_symptoms;
    Records m_records;
};

} // namespace

std::vector<std::string> InstallLogPatterns()
{
    std::vector<std::string> patterns = LogErrorPatterns();
    std::ranges::copy(InstallEndPatterns(), std::back_inserter(patterns));
    return patterns;
}

const RecordEntry* Records::Suggested() const
{
    for (const bool onlyErrors : {true, false})
    {
        const auto open = std::ranges::find_if(entries, [&](const RecordEntry& entry) {
            return !entry.past && (!onlyErrors || entry.level == Level::kError);
        });
        if (open != entries.end())
        {
            return &*open;
        }
    }
    return nullptr;
}

Records ReadRecords(const MachineView& machine, const Knowledge& knowledge)
{
    return Reader(machine, knowledge).Read();
}

} // namespace mars
