// SPDX-License-Identifier: MIT
#include "repair.h"

#include "ask_once.h"
#include "each_text.h"
#include "offered_repair.h"
#include "questions/computer.h"
#include "questions/registry.h"
#include "repair_context.h"
#include "secrets.h"
#include "undo_plan.h"
#include "version.h"
#include "xml_guard.h"

#include <algorithm>

namespace mars
{

namespace
{

/// Deleting has no deadline, only Stop.
Wait WaitFor(const Change& change, std::stop_token stop)
{
    Wait wait = StepWait(std::move(stop));
    if (std::holds_alternative<DeleteTemporaryFiles>(change)
        || std::holds_alternative<UncompressFolder>(change))
    {
        wait.deadline = std::chrono::steady_clock::time_point::max();
    }
    return wait;
}

JournalHeader MakeHeader(const RootCause& cause, const RepairOptions& options, const Machine& machine)
{
    JournalHeader header;
    header.rootCause = std::string(cause.id);
    header.toolVersion = std::string(kToolVersion);
    header.context = options.context;
    if (const auto clock = machine.Ask(ReadClock{}, StepWait()))
    {
        header.when = clock->now;
    }
    if (const auto context = machine.Ask(ReadContext{}, StepWait()))
    {
        header.who = context->user + " (" + context->userSid + ")";
        header.context += context->remoteSession ? ", remote session" : "";
    }
    return header;
}

/// Files of a deletion or the like that were done; nothing for other changes.
std::optional<std::uint64_t> FilesMade(const Facts& facts)
{
    for (const char* count : {"deleted", "uncompressed"})
    {
        const auto fact = facts.find(count);
        const auto* number = fact == facts.end() ? nullptr : std::get_if<std::int64_t>(&fact->second);
        if (number != nullptr)
        {
            return static_cast<std::uint64_t>(*number);
        }
    }
    return std::nullopt;
}

std::uint64_t FilesPlanned(const Change& change)
{
    const auto* deletion = std::get_if<DeleteTemporaryFiles>(&change);
    const auto* uncompression = std::get_if<UncompressFolder>(&change);
    return deletion != nullptr ? deletion->files : uncompression != nullptr ? uncompression->files : 0;
}

/// For the journal: a deletion that did not even begin says so.
std::optional<std::uint64_t> FilesMadeBy(const RepairStep& step)
{
    const auto made = FilesMade(step.facts);
    return FilesPlanned(step.change) == 0 ? made : std::optional(made.value_or(0));
}

/// The change without what of it was done.
Change LeftOf(const RepairStep& step)
{
    Change left = step.change;
    const std::uint64_t done = FilesMade(step.facts).value_or(0);
    if (auto* deletion = std::get_if<DeleteTemporaryFiles>(&left))
    {
        const auto bytes = step.facts.find("deleted_bytes");
        const auto* size = bytes == step.facts.end() ? nullptr : std::get_if<ByteCount>(&bytes->second);
        deletion->files -= std::min(done, deletion->files);
        deletion->bytes -= size == nullptr ? 0 : std::min(size->bytes, deletion->bytes);
    }
    else if (auto* uncompression = std::get_if<UncompressFolder>(&left))
    {
        uncompression->files -= std::min(done, uncompression->files);
    }
    return left;
}

/// In a roll-back, what was no longer as planned was not touched.
bool WasTouched(const RepairStep& step)
{
    return step.begun && !(step.error && step.error->code == code::kChangedSince);
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
        result.steps.push_back({change, StepResult::kPending, {}, {}, false, false});
    }
}

/// A service that was asked to stop has not answered yet; see MachineChanger::StopService.
constexpr std::uint32_t kServiceRequestTimeout = 1053;

} // namespace

bool HasMadePart(const RepairStep& step)
{
    return FilesMade(step.facts).value_or(0) != 0;
}

std::optional<FilesSoFar> HowFarItCame(const RepairResult& result)
{
    std::optional<FilesSoFar> far;
    for (const RepairStep& step : result.steps)
    {
        const std::uint64_t planned = FilesPlanned(step.change);
        if (planned != 0)
        {
            const std::uint64_t done = FilesMade(step.facts).value_or(0);
            far = far.value_or(FilesSoFar{});
            far->done += done;
            far->left += planned - std::min(done, planned);
        }
    }
    return far;
}

RepairResult PlannedAgain(const RepairResult& stopped)
{
    RepairResult again;
    again.cause = stopped.cause;
    again.status = RepairStatus::kPlanned;
    again.disturbs = stopped.disturbs;
    again.activity = stopped.activity;
    again.before = stopped.after.value_or(stopped.before);
    for (const RepairStep& step : stopped.steps)
    {
        again.steps.push_back({LeftOf(step), StepResult::kPending, {}, {}, false, false});
    }
    return again;
}

bool IsOpen(const JournalEntry& entry)
{
    return entry.damage.empty() && !entry.seen && !entry.wasOpen
        && (entry.end == EntryEnd::kInterrupted || entry.end == EntryEnd::kFailed);
}

bool HasSomethingToTakeBack(const JournalEntry& entry)
{
    return entry.damage.empty() && !WhatUndoDoes(entry).empty();
}

RepairEngine::RepairEngine(std::shared_ptr<const Machine> machine, std::shared_ptr<MachineChanger> changer,
    std::shared_ptr<PrivateFolder> folder, const AgentHooks& hooks)
    : m_machine(AskEachTime(std::move(machine))), m_changer(std::move(changer)), m_journal(std::move(folder)),
      m_hooks(hooks)
{}

RepairResult RepairEngine::MakePlan(
    const RootCause& cause, const Given& given, const RepairOptions& options, std::stop_token stop)
{
    RepairResult result;
    result.cause = &cause;
    Pass pass(m_machine, given, m_hooks, options.deadline);
    result.before = pass.RunOne(cause, stop).outcome;
    switch (result.before.kind)
    {
    case OutcomeKind::kPassed:
        if (OffersRepair(result.before))
        {
            break;
        }
        return Ended(result, RepairStatus::kNothingToDo, {});
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
    if (Status prepared = Prepare(proposal.plan, *m_machine, StepWait(stop)); !prepared)
    {
        return Ended(result, RepairStatus::kRefused, "could_not_check", prepared.Error());
    }
    TakeProposal(result, proposal);
    if (result.status == RepairStatus::kPlanned && result.disturbs)
    {
        result.activity = m_hooks.activity(pass.View(stop));
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
    const std::lock_guard asking(m_asksForLock);
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
    if (!RunsElevated(*m_machine))
    {
        return Ended(result, RepairStatus::kNeedsAdministrator, "not_elevated");
    }
    if (result.disturbs)
    {
        result.activity = m_hooks.activity(MachineView(*m_machine, StepWait(stop)));
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
    // Before the entry is written, which has to say it to whoever finds it interrupted.
    NoteWhatRuns(plan.changes, *m_machine, StepWait());
    for (std::size_t i = 0; i < plan.changes.size(); ++i)
    {
        result.steps[i].change = plan.changes[i];
    }
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
        if (!ApplyStep(result, i, writer, progress, stop))
        {
            RollBack(result, writer);
            return;
        }
    }
    result.applied = true;
    const Status ended = writer.End(EntryEnd::kApplied);
    Ended(result, RepairStatus::kApplied, {}, ended ? std::nullopt : std::optional(ended.Error()));
}

bool RepairEngine::ApplyStep(RepairResult& result, std::size_t index, JournalWriter& writer,
    const RepairProgress& progress, std::stop_token stop)
{
    RepairStep& step = result.steps[index];
    const auto fail = [&](const Failure& why) {
        step.result = StepResult::kFailed;
        step.error = why;
        result.error = why;
        return false;
    };
    const auto tell = [&](std::uint64_t done, std::uint64_t total) {
        if (progress)
        {
            progress(index, done, total);
        }
    };
    tell(0, 0);
    if (stop.stop_requested())
    {
        return fail({code::kCancelled, std::string(result.cause->id)});
    }
    const Wait wait = WaitFor(step.change, stop);
    const auto state = ReadState(step.change, *m_machine, wait);
    if (state && *state == ChangeState::kAfter && Describe(step.change).runState)
    {
        // It runs already: not ours to journal, and not ours to stop.
        step.result = StepResult::kDone;
        return true;
    }
    if (const Status begun = writer.Begin(index); !begun)
    {
        return fail(begun.Error());
    }
    step.begun = true;
    const AppliedChange applied = ApplyChange(step.change, *m_changer, *m_machine, wait, tell);
    step.facts = applied.facts;
    step.made = applied.status.Ok();
    const Status written = applied.status
        ? writer.Done(index)
        : writer.Failed(index, applied.status.Error().code, FilesMadeBy(step));
    if (!applied.status || !written)
    {
        return fail(applied.status ? written.Error() : applied.status.Error());
    }
    step.result = StepResult::kDone;
    return true;
}

Status RepairEngine::BringBack(const std::string& service, bool ran, bool stopIsComing)
{
    // The person's Stop ends the repair, not the taking back.
    const Wait wait{std::chrono::steady_clock::now() + kBringBackDeadline, {}};
    return ran ? StartAgain(service, stopIsComing, *m_changer, *m_machine, wait)
               : StopAgain(service, *m_changer, *m_machine, wait);
}

/// Settings first, and then the services, which read them when they start.
void RepairEngine::RollBack(RepairResult& result, JournalWriter& writer)
{
    bool remains = false;
    bool complete = true;
    std::vector<TouchedService> services;
    const auto settle = [&](std::size_t index, const Status& back) {
        RepairStep& step = result.steps[index];
        // A step that failed and is as before keeps its error to show.
        step.result = !back                    ? StepResult::kRollBackFailed
            : step.result == StepResult::kDone ? StepResult::kRolledBack
                                               : StepResult::kFailed;
        if (!back)
        {
            step.error = back.Error();
        }
        complete = complete && back;
        // What cannot be written down is taken back all the same; the next start does it once more.
        const Status ignored = back ? writer.Undone(index) : back;
        static_cast<void>(ignored);
    };
    for (std::size_t i = 0; i < result.steps.size(); ++i)
    {
        if (WasTouched(result.steps[i]))
        {
            AddTouched(services, result.steps[i].change, i, result.steps[i].made);
        }
    }
    for (std::size_t i = result.steps.size(); i-- > 0;)
    {
        const RepairStep& step = result.steps[i];
        if (WasTouched(step) && IsIrreversible(step.change))
        {
            remains = remains || step.made || HasMadePart(step);
        }
        else if (WasTouched(step) && !Describe(step.change).runState)
        {
            settle(i, RollBackChange(step.change, *m_changer, *m_machine, StepWait()));
        }
    }
    for (const TouchedService& one : services)
    {
        const bool stopIsComing = std::ranges::any_of(one.steps, [&](std::size_t i) {
            return result.steps[i].error && result.steps[i].error->code == kServiceRequestTimeout;
        });
        const Status back = BringBack(one.service, one.ran, stopIsComing);
        result.leftStopped = one.ran && !back ? one.service : result.leftStopped;
        for (std::size_t i = one.steps.size(); i-- > 0;)
        {
            settle(one.steps[i], back);
        }
    }
    EndRollBack(result, writer, complete, remains);
}

void RepairEngine::EndRollBack(RepairResult& result, JournalWriter& writer, bool complete, bool remains)
{
    const bool cancelled = result.error && result.error->code == code::kCancelled;
    result.applied = remains || !complete;
    const auto [status, end] = complete && !remains
        ? std::pair(RepairStatus::kRolledBack, EntryEnd::kRolledBack)
        : complete && cancelled ? std::pair(RepairStatus::kStopped, EntryEnd::kStopped)
                                : std::pair(RepairStatus::kFailed, EntryEnd::kFailed);
    const Status ended = writer.End(end);
    Ended(result, status, {},
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
    result.after = Pass(m_machine, given, m_hooks, options.deadline).RunOne(*result.cause).outcome;
    // What is left as advice is left to the person: the plan was made for something worse.
    const bool onlyAdvice = result.after->IsProblem() && result.after->level == Level::kAdvice
        && result.before.IsProblem() && result.before.level != Level::kAdvice;
    result.verified = result.applied && (result.after->kind == OutcomeKind::kPassed || onlyAdvice);
}

} // namespace mars
