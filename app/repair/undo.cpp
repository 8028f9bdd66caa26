// SPDX-License-Identifier: MIT
#include "repair.h"

#include "apply.h"
#include "repair_context.h"
#include "undo_plan.h"
#include "xml_guard.h"

#include <algorithm>

namespace mars
{

namespace
{

/// ERROR_SHARING_VIOLATION: another copy of this program holds the journal.
constexpr std::uint32_t kSharingViolation = 32;

} // namespace

UndoItem RepairEngine::Judge(const JournalEntry& entry) const
{
    UndoItem item;
    item.entry = entry;
    if (!entry.damage.empty())
    {
        item.error =
            Failure{entry.damage == kNewerEntry ? code::kNewerFormat : code::kInvalidData, entry.damage};
        return item;
    }
    item.partIsGone = IsPartGone(entry);
    if (entry.end == EntryEnd::kUndone || entry.end == EntryEnd::kRolledBack)
    {
        item.status = UndoStatus::kUndone;
        return item;
    }
    bool elsewhere = false;
    for (const TakenBack& one : WhatUndoDoes(entry))
    {
        RepairStep step{one.change, StepResult::kPending, {}, {}, false, false};
        const auto state = ReadState(entry.plan.changes[one.steps.front()], *m_machine, StepWait());
        if (!state)
        {
            step.error = state.HasFailed() ? std::optional(state.Error()) : std::nullopt;
            item.error = step.error;
        }
        elsewhere = elsewhere || (state && *state == ChangeState::kElsewhere)
            || (step.error && step.error->code == code::kChangedSince);
        item.steps.push_back(std::move(step));
    }
    if (entry.wasOpen)
    {
        // Nothing of what it says can be trusted.
        elsewhere = false;
        item.error = Failure{kEntryWasOpen, entry.name};
    }
    const bool nothingHappened = entry.end == EntryEnd::kInterrupted && !item.partIsGone;
    item.status = elsewhere                      ? UndoStatus::kChangedSince
        : item.error                             ? UndoStatus::kFailed
        : item.steps.empty() && !nothingHappened ? UndoStatus::kIrreversible
                                                 : UndoStatus::kUndoable;
    return item;
}

Status RepairEngine::CloseJournalAgain()
{
    return RunsElevated(*m_machine) ? m_journal.CloseAgain()
                                    : Status(Failure{code::kAccessDenied, "not elevated"});
}

Answer<std::vector<UndoItem>> RepairEngine::ListUndo()
{
    const auto entries = m_journal.Entries();
    if (!entries)
    {
        return entries.HasFailed() ? Answer<std::vector<UndoItem>>(entries.Error()) : std::vector<UndoItem>();
    }
    std::vector<UndoItem> items;
    bool interrupted = false;
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry)
    {
        items.push_back(Judge(*entry));
        interrupted = interrupted || (entry->damage.empty() && entry->end == EntryEnd::kInterrupted);
    }
    const std::lock_guard asking(m_asksForLock);
    if (interrupted && m_journal.IsLocked())
    {
        for (UndoItem& item : items)
        {
            if (item.entry.damage.empty() && item.entry.end == EntryEnd::kInterrupted)
            {
                item.isUnderWay = true;
                item.status = UndoStatus::kFailed;
                item.error = Failure{kSharingViolation, item.entry.name};
            }
        }
    }
    return items;
}

Answer<JournalEntry> RepairEngine::FindEntry(const std::string& entryName)
{
    const auto entries = m_journal.Entries();
    if (!entries)
    {
        return entries.HasFailed() ? entries.Error() : Failure{code::kNotRecorded, entryName};
    }
    const auto found = std::ranges::find(*entries, entryName, &JournalEntry::name);
    return found == entries->end() ? Answer<JournalEntry>(Failure{code::kNotRecorded, entryName}) : *found;
}

UndoItem RepairEngine::Undo(const std::string& entryName, std::stop_token stop)
{
    UndoItem item;
    item.entry.name = entryName;
    const auto fail = [&](Failure why) {
        item.status = UndoStatus::kFailed;
        item.error = std::move(why);
        return item;
    };
    if (!RunsElevated(*m_machine))
    {
        return fail({code::kAccessDenied, "not elevated"});
    }
    const auto lock = PrepareAndLock();
    if (!lock)
    {
        return fail(lock.Error());
    }
    const auto entry = FindEntry(entryName);
    if (!entry)
    {
        return fail(entry.Error());
    }
    item = Judge(*entry);
    if (item.status != UndoStatus::kUndoable)
    {
        return item;
    }
    constexpr std::uint32_t kBusy = 170;
    if (entry->plan.disturbs
        && m_hooks.activity(MachineView(*m_machine, StepWait(stop))).activity == Activity::kBusy)
    {
        return fail({kBusy, "a backup or restore runs"});
    }
    if (stop.stop_requested())
    {
        return fail({code::kCancelled, entryName});
    }
    auto writer = m_journal.Continue(entryName);
    if (!writer)
    {
        return fail(writer.Error());
    }
    UndoSteps(item, *writer);
    return item;
}

void RepairEngine::UndoSteps(UndoItem& item, JournalWriter& writer)
{
    const std::vector<TakenBack> all = WhatUndoDoes(item.entry);
    std::optional<Failure> failed;
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        const TakenBack& one = all[i];
        // After a setting that cannot be taken back the earlier ones stay too, but no service stays stopped.
        if (failed && one.service.empty())
        {
            continue;
        }
        Status back = one.service.empty()
            ? RollBackChange(item.entry.plan.changes[one.steps.front()], *m_changer, *m_machine, StepWait())
            : BringBack(one.service, true, false);
        item.leftStopped = back ? item.leftStopped : one.service;
        for (auto step = one.steps.rbegin(); step != one.steps.rend() && back; ++step)
        {
            back = writer.Undone(*step);
        }
        item.steps[i].result = back ? StepResult::kDone : StepResult::kFailed;
        if (!back)
        {
            item.steps[i].error = back.Error();
            failed = failed.value_or(back.Error());
        }
    }
    if (failed)
    {
        item.error = failed;
        item.status = UndoStatus::kFailed;
        return;
    }
    const bool ended = !DidNotEnd(item.entry);
    const EntryEnd end = ended ? EntryEnd::kUndone
        : item.partIsGone      ? EntryEnd::kFailed
                               : EntryEnd::kRolledBack;
    if (Status written = writer.End(end); !written)
    {
        item.error = written.Error();
    }
    item.status = end == EntryEnd::kFailed ? UndoStatus::kIrreversible : UndoStatus::kUndone;
    item.entry.end = end;
}

Status RepairEngine::MarkSeen(const std::string& entryName)
{
    const auto lock = PrepareAndLock();
    if (!lock)
    {
        return lock.Error();
    }
    auto writer = m_journal.Continue(entryName);
    return writer ? writer->Seen() : Status(writer.Error());
}

} // namespace mars
