// SPDX-License-Identifier: MIT
#pragma once

#include "knowledge.h"
#include "outcome.h"
#include "view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the server itself wrote down about its backups, read before anybody says what is wrong: the agent's
/// log and its console's with all their rotations, its events, the result of its tasks, the list of skipped
/// files, and the logs of its installation.
namespace mars
{

enum class RecordSource
{
    kAgentLog,
    kEvents,
    kTask,
    kSkippedFiles,
    kInstallLog,
    kConsoleLog,
};
MARS_WORDS(RecordSource, "agent_log", "events", "task", "skipped_files", "install_log", "console_log");

/// One error of one source. Tokens only.
struct RecordEntry
{
    RecordSource source = RecordSource::kAgentLog;
    /// "100050 (0x186D2)", "CBPOperationAborted", "0x80070005"; for events their number.
    std::string error;
    /// The id of the documented error; empty where it is none.
    std::string knownError;
    Level level = Level::kError;
    std::uint64_t count = 0;
    /// Not all was read: there may be more, and older ones.
    bool atLeast = false;
    Timestamp first;
    Timestamp last;
    /// The page that deals with it.
    std::string section;
    /// What people see of it; may be empty.
    std::string symptom;
    /// Root causes, the likeliest first; may be empty.
    std::vector<std::string> causes;
    /// A backup has succeeded since, or it is so long ago that it explains nothing of today.
    bool past = false;
};

struct UnreadRecord
{
    RecordSource source;
    Failure why;
};

struct Records
{
    /// Newest first.
    std::vector<RecordEntry> entries;
    std::vector<UnreadRecord> unread;

    /// Where to begin: the newest error that is not past, one of level error before others. Null:
    /// there is none.
    const RecordEntry* Suggested() const;
};

/// The patterns that the logs of an installation are searched for.
std::vector<std::string> InstallLogPatterns();

/// Without an agent there are only the logs of its installation.
Records ReadRecords(const MachineView& machine, const Knowledge& knowledge);

} // namespace mars
