// SPDX-License-Identifier: MIT
#include "repair.h"

#include "ask_once.h"
#include "each_text.h"
#include "secrets.h"
#include "version.h"

#include <algorithm>

namespace mars
{

namespace
{

/// Enough for a service that starts slowly; deleting has no deadline, only Stop.
constexpr std::chrono::seconds kStepDeadline{120};

Wait NewWait(std::stop_token stop = {})
{
    return {std::chrono::steady_clock::now() + kStepDeadline, std::move(stop)};
}

Wait WaitFor(const Change& change, std::stop_token stop)
{
    Wait wait = NewWait(std::move(stop));
    if (std::holds_alternative<DeleteTemporaryFiles>(change)
        || std::holds_alternative<UncompressFolder>(change))
    {
        wait.deadline = std::chrono::steady_clock::time_point::max();
    }
    return wait;
}

bool IsElevated(const Machine& machine)
{
    const auto context = machine.Ask(ReadContext{}, NewWait());
    return context && context->elevated;
}

JournalHeader MakeHeader(const RootCause& cause, const RepairOptions& options, const Machine& machine)
{
    JournalHeader header;
    header.rootCause = std::string(cause.id);
    header.toolVersion = std::string(kToolVersion);
    header.context = options.context;
    if (const auto clock = machine.Ask(ReadClock{}, NewWait()))
    {
        header.when = clock->now;
    }
    if (const auto context = machine.Ask(ReadContext{}, NewWait()))
    {
        header.who = context->user + " (" + context->userSid + ")";
        header.context += context->remoteSession ? ", remote session" : "";
    }
    return header;
}

bool IsIrreversible(const Change& change)
{
    const ChangeDescription description = Describe(change);
    return !description.reversible && !description.runState;
}

/// A part of what cannot be undone was made before it failed.
bool HasMadePart(const RepairStep& step)
{
    const auto made = [&](const char* count) {
        const auto fact = step.facts.find(count);
        return fact != step.facts.end() && fact->second != Fact(std::int64_t{0});
    };
    return made("deleted") || made("uncompressed");
}

/// What takes back a change of this entry. A service that a plan stopped only for itself is started again
/// where the plan did not reach its end.
std::optional<Change> TakenBackBy(const JournalEntry& entry, const Change& change)
{
    const auto* stopped = std::get_if<StopService>(&change);
    const bool interrupted = entry.end == EntryEnd::kInterrupted;
    return stopped != nullptr && interrupted ? Change(StartService{stopped->service}) : Inverse(change);
}

/// Held back by a job that runs, or may run.
std::string WhyHeld(const RepairResult& result, const RepairOptions& options)
{
    if (!result.activity || result.activity->activity == Activity::kFree)
    {
        return {};
    }
    if (result.activity->activity == Activity::kBusy)
    {
        return "activity_busy";
    }
    return options.evenIfBusyUnknown ? "" : "activity_unknown";
}

RepairResult& Ended(
    RepairResult& result, RepairStatus status, std::string reason, std::optional<Failure> error = {})
{
    result.status = status;
    result.reason = std::move(reason);
    result.error = std::move(error);
    return result;
}

bool HoldsRemovedSecret(const std::string& text)
{
    return text.find(kRemovedSecret) != std::string::npos;
}

bool HoldsRemovedSecret(const RegistryValue& value)
{
    const auto strings = value.AsStrings();
    return HoldsRemovedSecret(value.AsString().value_or(std::string()))
        || (strings && std::ranges::any_of(*strings, [](const std::string& text) {
               return HoldsRemovedSecret(text);
           }));
}

/// Checks see texts without their secrets. A plan made from one would write the gap back.
bool HoldsRemovedSecret(Plan plan)
{
    bool holds = false;
    for (Change& change : plan.changes)
    {
        const auto look = [&](const auto& text) { holds = holds || HoldsRemovedSecret(text); };
        std::visit([&](auto& one) { ForEachText(one, look); }, change);
    }
    return holds;
}

void TakeProposal(RepairResult& result, const RepairProposal& proposal)
{
    using Kind = RepairProposal::Kind;
    const auto status = proposal.kind == Kind::kPlanned ? RepairStatus::kPlanned
        : proposal.kind == Kind::kNothingToDo           ? RepairStatus::kNothingToDo
        : proposal.kind == Kind::kHeld                  ? RepairStatus::kHeld
                                                        : RepairStatus::kGuided;
    Ended(result, status, proposal.reason);
    result.disturbs = proposal.plan.disturbs;
    for (const Change& change : proposal.plan.changes)
    {
        result.steps.push_back({change, StepResult::kPending, {}, {}, false});
    }
}

} // namespace

RepairEngine::RepairEngine(std::shared_ptr<const Machine> machine, std::shared_ptr<MachineChanger> changer,
    std::shared_ptr<PrivateFolder> folder)
    : m_machine(AskEachTime(std::move(machine))), m_changer(std::move(changer)), m_journal(std::move(folder))
{}

RepairResult RepairEngine::MakePlan(
    const RootCause& cause, const Given& given, const RepairOptions& options, std::stop_token stop)
{
    RepairResult result;
    result.cause = &cause;
    Pass pass(m_machine, given, options.deadline);
    result.before = pass.RunOne(cause, stop).outcome;
    switch (result.before.kind)
    {
    case OutcomeKind::kPassed:
    case OutcomeKind::kNotApplicable:
        return Ended(result, RepairStatus::kNothingToDo, {});
    case OutcomeKind::kCouldNotCheck:
        return Ended(result, RepairStatus::kRefused, "could_not_check", result.before.error);
    case OutcomeKind::kManual:
        return Ended(result, RepairStatus::kGuided, {});
    case OutcomeKind::kProblem:
        break;
    }
    if (cause.repair == nullptr)
    {
        return Ended(result, RepairStatus::kGuided, {});
    }
    RepairProposal proposal = cause.repair(pass.View(stop), given, result.before);
    if (HoldsRemovedSecret(proposal.plan))
    {
        return Ended(result, RepairStatus::kGuided, "holds_secret");
    }
    if (Status prepared = Prepare(proposal.plan, *m_machine, NewWait(stop)); !prepared)
    {
        return Ended(result, RepairStatus::kRefused, "could_not_check", prepared.Error());
    }
    TakeProposal(result, proposal);
    if (result.status == RepairStatus::kPlanned && result.disturbs)
    {
        result.activity = ReadActivity(pass.View(stop));
        if (result.activity->activity == Activity::kBusy)
        {
            Ended(result, RepairStatus::kHeld, "activity_busy");
        }
    }
    return result;
}

Answer<std::shared_ptr<void>> RepairEngine::PrepareAndLock()
{
    if (Status prepared = m_journal.Prepare(); !prepared)
    {
        return prepared.Error();
    }
    return m_journal.Lock();
}

RepairResult RepairEngine::Apply(const RepairResult& planned, const Given& given,
    const RepairOptions& options, const RepairProgress& progress, std::stop_token stop)
{
    RepairResult result = planned;
    if (result.status != RepairStatus::kPlanned)
    {
        return result;
    }
    if (!IsElevated(*m_machine))
    {
        return Ended(result, RepairStatus::kNeedsAdministrator, "not_elevated");
    }
    if (result.disturbs)
    {
        result.activity = ReadActivity(MachineView(*m_machine, NewWait(stop)));
    }
    if (const std::string held = WhyHeld(result, options); !held.empty())
    {
        return Ended(result, RepairStatus::kHeld, held);
    }
    const auto lock = PrepareAndLock();
    if (!lock)
    {
        return Ended(result, RepairStatus::kRefused, "journal_unavailable", lock.Error());
    }
    Plan plan;
    plan.disturbs = result.disturbs;
    std::ranges::transform(result.steps, std::back_inserter(plan.changes), &RepairStep::change);
    auto writer = m_journal.Create(MakeHeader(*result.cause, options, *m_machine), plan);
    if (!writer)
    {
        return Ended(result, RepairStatus::kRefused, "journal_unavailable", writer.Error());
    }
    result.journal = writer->Name();
    ApplySteps(result, *writer, progress, stop);
    Verify(result, given, options);
    return result;
}

void RepairEngine::ApplySteps(
    RepairResult& result, JournalWriter& writer, const RepairProgress& progress, std::stop_token stop)
{
    for (std::size_t i = 0; i < result.steps.size(); ++i)
    {
        RepairStep& step = result.steps[i];
        const Wait wait = WaitFor(step.change, stop);
        if (progress)
        {
            progress(i, 0, 0);
        }
        const auto state = ReadState(step.change, *m_machine, wait);
        if (state && *state == ChangeState::kAfter && Describe(step.change).runState)
        {
            // It runs already: not ours to journal, and not ours to stop.
            step.result = StepResult::kDone;
            continue;
        }
        step.begun = true;
        AppliedChange applied{writer.Begin(i), {}};
        if (applied.status)
        {
            const auto tell = [&](std::uint64_t done, std::uint64_t total) {
                if (progress)
                {
                    progress(i, done, total);
                }
            };
            applied = wait.stop.stop_requested()
                ? AppliedChange{Failure{code::kCancelled, std::string(result.cause->id)}, {}}
                : ApplyChange(step.change, *m_changer, *m_machine, wait, tell);
        }
        step.facts = applied.facts;
        const Status written =
            applied.status ? writer.Done(i) : writer.Failed(i, applied.status.Error().code);
        if (!applied.status || !written)
        {
            step.result = StepResult::kFailed;
            step.error = applied.status ? written.Error() : applied.status.Error();
            result.error = step.error;
            RollBack(result, writer);
            return;
        }
        step.result = StepResult::kDone;
    }
    result.applied = true;
    const Status ended = writer.End(EntryEnd::kApplied);
    Ended(result, RepairStatus::kApplied, {}, ended ? std::nullopt : std::optional(ended.Error()));
}

void RepairEngine::RollBack(RepairResult& result, JournalWriter& writer)
{
    bool remains = false;
    bool complete = true;
    for (std::size_t i = result.steps.size(); i-- > 0;)
    {
        RepairStep& step = result.steps[i];
        // What was no longer as planned was not touched.
        if (!step.begun || (step.error && step.error->code == code::kChangedSince))
        {
            continue;
        }
        if (IsIrreversible(step.change))
        {
            remains = remains || step.result == StepResult::kDone || HasMadePart(step);
            continue;
        }
        // The person's Stop ends the repair, not the taking back.
        const Status back = RollBackChange(step.change, *m_changer, *m_machine, NewWait());
        const bool undone = back && writer.Undone(i);
        // A step that failed and is as before keeps its error to show.
        step.result = !undone                  ? StepResult::kRollBackFailed
            : step.result == StepResult::kDone ? StepResult::kRolledBack
                                               : StepResult::kFailed;
        if (!back && !step.error)
        {
            step.error = back.Error();
        }
        complete = complete && undone;
    }
    result.applied = remains || !complete;
    const bool rolledBack = complete && !remains;
    const Status ended = writer.End(rolledBack ? EntryEnd::kRolledBack : EntryEnd::kFailed);
    Ended(result, rolledBack ? RepairStatus::kRolledBack : RepairStatus::kFailed, {},
        result.error ? result.error
            : ended  ? std::nullopt
                     : std::optional(ended.Error()));
}

void RepairEngine::Verify(RepairResult& result, Given given, const RepairOptions& options)
{
    for (const RepairStep& step : result.steps)
    {
        const auto* copy = std::get_if<CopyFile>(&step.change);
        if (copy != nullptr && step.result == StepResult::kDone)
        {
            given.credentialsFile = copy->target;
        }
    }
    result.after = Pass(m_machine, given, options.deadline).RunOne(*result.cause).outcome;
    // What is left as advice is left to the person: the plan was made for something worse.
    const bool onlyAdvice = result.after->IsProblem() && result.after->level == Level::kAdvice
        && result.before.IsProblem() && result.before.level != Level::kAdvice;
    result.verified = result.applied && (result.after->kind == OutcomeKind::kPassed || onlyAdvice);
}

UndoItem RepairEngine::Judge(const JournalEntry& entry) const
{
    UndoItem item;
    item.entry = entry;
    if (!entry.damage.empty())
    {
        item.error = Failure{code::kInvalidData, entry.damage};
        return item;
    }
    if (entry.end == EntryEnd::kUndone || entry.end == EntryEnd::kRolledBack)
    {
        item.status = UndoStatus::kUndone;
        return item;
    }
    item.status = entry.end == EntryEnd::kInterrupted ? UndoStatus::kUndoable : UndoStatus::kIrreversible;
    bool elsewhere = false;
    for (std::size_t i = entry.steps.size(); i-- > 0;)
    {
        const bool happened = entry.steps[i] != StepState::kPending && entry.steps[i] != StepState::kUndone;
        const auto inverse = happened ? TakenBackBy(entry, entry.plan.changes[i]) : std::nullopt;
        if (!inverse)
        {
            continue;
        }
        RepairStep step{*inverse, StepResult::kPending, {}, {}, false};
        const auto state = ReadState(entry.plan.changes[i], *m_machine, NewWait());
        if (!state)
        {
            step.error = state.HasFailed() ? std::optional(state.Error()) : std::nullopt;
            item.error = step.error;
        }
        elsewhere = elsewhere || (state && *state == ChangeState::kElsewhere)
            || (step.error && step.error->code == code::kChangedSince);
        item.status = UndoStatus::kUndoable;
        item.steps.push_back(std::move(step));
    }
    if (entry.wasOpen)
    {
        item.status = UndoStatus::kFailed;
        item.error = Failure{kEntryWasOpen, entry.name};
    }
    else if (elsewhere)
    {
        item.status = UndoStatus::kChangedSince;
    }
    else if (item.error)
    {
        item.status = UndoStatus::kFailed;
    }
    return item;
}

Status RepairEngine::CloseJournalAgain()
{
    return IsElevated(*m_machine) ? m_journal.CloseAgain()
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
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry)
    {
        items.push_back(Judge(*entry));
    }
    return items;
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
    if (!IsElevated(*m_machine))
    {
        return fail({code::kAccessDenied, "not elevated"});
    }
    const auto lock = PrepareAndLock();
    if (!lock)
    {
        return fail(lock.Error());
    }
    const auto entries = m_journal.Entries();
    if (!entries)
    {
        return fail(entries.Error());
    }
    const auto found = std::ranges::find(*entries, entryName, &JournalEntry::name);
    if (found == entries->end())
    {
        return fail({code::kNotRecorded, entryName});
    }
    item = Judge(*found);
    if (item.status != UndoStatus::kUndoable)
    {
        return item;
    }
    constexpr std::uint32_t kBusy = 170;
    if (found->plan.disturbs
        && ReadActivity(MachineView(*m_machine, NewWait(stop))).activity == Activity::kBusy)
    {
        return fail({kBusy, "a backup or restore runs"});
    }
    auto writer = m_journal.Continue(entryName);
    if (!writer)
    {
        return fail(writer.Error());
    }
    UndoSteps(item, *writer, stop);
    return item;
}

void RepairEngine::UndoSteps(UndoItem& item, JournalWriter& writer, std::stop_token stop)
{
    const bool interrupted = item.entry.end == EntryEnd::kInterrupted;
    std::size_t next = 0;
    for (std::size_t i = item.entry.steps.size(); i-- > 0;)
    {
        const Change& change = item.entry.plan.changes[i];
        const bool happened =
            item.entry.steps[i] != StepState::kPending && item.entry.steps[i] != StepState::kUndone;
        if (!happened || !TakenBackBy(item.entry, change))
        {
            continue;
        }
        RepairStep& step = item.steps[next++];
        Status back = RollBackChange(change, *m_changer, *m_machine, NewWait(stop));
        if (back)
        {
            back = writer.Undone(i);
        }
        if (!back)
        {
            step.result = StepResult::kFailed;
            step.error = back.Error();
            item.error = step.error;
            item.status = UndoStatus::kFailed;
            return;
        }
        step.result = StepResult::kDone;
    }
    if (Status ended = writer.End(interrupted ? EntryEnd::kRolledBack : EntryEnd::kUndone); !ended)
    {
        item.error = ended.Error();
    }
    item.status = UndoStatus::kUndone;
    item.entry.end = interrupted ? EntryEnd::kRolledBack : EntryEnd::kUndone;
}

} // namespace mars
