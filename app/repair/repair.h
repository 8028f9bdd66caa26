// SPDX-License-Identifier: MIT
#pragma once

#include "agent_hooks.h"
#include "apply.h"
#include "journal.h"
#include "pass.h"
#include "root_cause.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace mars
{

/// ERROR_FILE_INVALID: an entry of the journal could be changed from outside for a while, and so is only
/// shown.
inline constexpr std::uint32_t kEntryWasOpen = 1006;

enum class RepairStatus
{
    kPlanned,
    kApplied,
    kNothingToDo,
    kGuided,
    kHeld,
    kNeedsAdministrator,
    kRefused,
    kRolledBack,
    kFailed,
    /// The person stopped it, and what had been done by then stays, because it cannot be taken back.
    kStopped,
};
MARS_WORDS(RepairStatus, "planned", "applied", "nothing_to_do", "guided", "held", "needs_administrator",
    "refused", "rolled_back", "failed", "stopped");

enum class StepResult
{
    kPending,
    kDone,
    kFailed,
    kRolledBack,
    kRollBackFailed,
};
MARS_WORDS(StepResult, "pending", "done", "failed", "rolled_back", "roll_back_failed");

struct RepairStep
{
    Change change;
    StepResult result = StepResult::kPending;
    std::optional<Failure> error;
    Facts facts;
    /// Begun in the journal. Not set for a service that ran already, which is then not ours to stop.
    bool begun = false;
    /// The machine said so, also where it could not be written down any more.
    bool made = false;
};

/// A part of what cannot be undone was made before the step ended.
bool HasMadePart(const RepairStep& step);

/// What a repair would do, or did.
struct RepairResult
{
    const RootCause* cause = nullptr;
    RepairStatus status = RepairStatus::kFailed;
    /// A token that explains guided, held and refused: text `held.<reason>` in interface.xml.
    std::string reason;
    std::vector<RepairStep> steps;
    /// Whether a job runs; only asked when the plan disturbs.
    std::optional<ActivityReport> activity;
    bool disturbs = false;
    /// Something was changed and not taken back.
    bool applied = false;
    /// A new pass of the same check no longer finds the problem, or only advice of what was worse.
    bool verified = false;
    Outcome before;
    std::optional<Outcome> after;
    /// Name of the journal entry; empty when nothing was written.
    std::string journal;
    std::optional<Failure> error;
    /// A service that ran before, does not run now and could not be started again; mostly empty.
    std::string leftStopped;
};

/// How far a deletion or the like came; nothing for plans without one.
struct FilesSoFar
{
    std::uint64_t done = 0;
    /// Of what the plan meant to do.
    std::uint64_t left = 0;
};
std::optional<FilesSoFar> HowFarItCame(const RepairResult& result);
/// The same plan once more, to go on after a stop.
RepairResult PlannedAgain(const RepairResult& stopped);

enum class UndoStatus
{
    kUndoable,
    kUndone,
    kChangedSince,
    kIrreversible,
    kFailed,
};
MARS_WORDS(UndoStatus, "undoable", "undone", "changed_since", "irreversible", "failed");

struct UndoItem
{
    JournalEntry entry;
    UndoStatus status = UndoStatus::kFailed;
    /// The changes that undo makes, in the order it makes them; of run state only what a repair that did not
    /// reach its end may have left stopped, as the last.
    std::vector<RepairStep> steps;
    /// Something that cannot be taken back was done, or begun and may have been done.
    bool partIsGone = false;
    /// Another copy of this program holds the journal and may be working on just this entry.
    bool isUnderWay = false;
    std::optional<Failure> error;
    /// As in RepairResult.
    std::string leftStopped;
};

/// The repair of this entry did not reach its end, and nobody has said yet that they know.
bool IsOpen(const JournalEntry& entry);
/// Undo has something to do for such an entry: the rest of it is gone, or never happened.
bool HasSomethingToTakeBack(const JournalEntry& entry);

struct RepairOptions
{
    /// The person said that no job runs although nothing could tell.
    bool evenIfBusyUnknown = false;
    /// "wizard" or "console", for the journal.
    std::string context;
    std::chrono::milliseconds deadline = kDefaultDeadline;
};

/// Called with the step that is being made (from 0), and inside a deletion with its count; from the calling
/// thread.
using RepairProgress = std::function<void(std::size_t step, std::uint64_t done, std::uint64_t total)>;

/// The only place where changes are made, always in this order: detect, plan, journal, apply, read back,
/// verify. `machine` is asked directly, without the memo of the pass that the person looks at.
class RepairEngine
{
public:
    RepairEngine(std::shared_ptr<const Machine> machine, std::shared_ptr<MachineChanger> changer,
        std::shared_ptr<PrivateFolder> folder, const AgentHooks& hooks);

    /// Detects and plans on the machine as it is now. Changes nothing, writes nothing.
    RepairResult MakePlan(
        const RootCause& cause, const Given& given, const RepairOptions& options, std::stop_token stop = {});

    /// Makes exactly the changes of `planned` (status kPlanned), and verifies. A change whose object is no
    /// longer as planned, a failing step and a stop each end in roll-back of what was done.
    RepairResult Apply(const RepairResult& planned, const Given& given, const RepairOptions& options,
        const RepairProgress& progress = {}, std::stop_token stop = {});

    /// All entries of the journal with what undo could do now, newest first. Changes nothing.
    Answer<std::vector<UndoItem>> ListUndo();
    /// Undoes one entry, or rolls back an interrupted one. Refuses, changing nothing, when something was
    /// changed since. A stop is heeded before the first step only: half an undo is worse than a whole one.
    UndoItem Undo(const std::string& entryName, std::stop_token stop = {});
    /// Writes into the entry that somebody saw how it ended.
    Status MarkSeen(const std::string& entryName);

    /// Where the calls above fail with kFolderOpened: takes the person's own access to the journal's folder
    /// away again. What is in the journal by then is only shown from then on.
    Status CloseJournalAgain();

    std::string JournalPath() const
    {
        return m_journal.Path();
    }

private:
    void ApplySteps(
        RepairResult& result, JournalWriter& writer, const RepairProgress& progress, std::stop_token stop);
    /// False where the step failed; the result says why.
    bool ApplyStep(RepairResult& result, std::size_t index, JournalWriter& writer,
        const RepairProgress& progress, std::stop_token stop);
    void RollBack(RepairResult& result, JournalWriter& writer);
    void EndRollBack(RepairResult& result, JournalWriter& writer, bool complete, bool remains);
    Status BringBack(const std::string& service, bool ran, bool stopIsComing);
    void Verify(RepairResult& result, Given given, const RepairOptions& options);
    Answer<std::shared_ptr<void>> PrepareAndLock();
    UndoItem Judge(const JournalEntry& entry) const;
    void UndoSteps(UndoItem& item, JournalWriter& writer);
    Answer<JournalEntry> FindEntry(const std::string& entryName);

    std::shared_ptr<const Machine> m_machine;
    std::shared_ptr<MachineChanger> m_changer;
    Journal m_journal;
    AgentHooks m_hooks;
    /// Only while the lock is asked for, so that a look at it is not taken for somebody who holds it.
    std::mutex m_asksForLock;
};

} // namespace mars
