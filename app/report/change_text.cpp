// SPDX-License-Identifier: MIT
#include "change_text.h"

#include "connection_text.h"
#include "questions/registry.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars
{

namespace
{

/// Codes of winerror.h for what the engine says with a token.
constexpr std::uint32_t kBusy = 170;
constexpr std::uint32_t kElevationRequired = 740;

/// "enabled" and "(absent)" in the reader's language; what is no word of ours, as it is.
std::string Localised(const std::string& word, const Knowledge& knowledge, Language language)
{
    const std::string id = "word." + std::string(word == "(absent)" ? "absent" : word);
    return knowledge.HasText(id) ? knowledge.Text(id, language) : word;
}

struct FactsOfChange
{
    const Knowledge& knowledge;
    Language language;

    /// The default: all that Describe tells, its words translated.
    template <class AnyChange>
    Facts operator()(const AnyChange& change) const
    {
        const ChangeDescription description = Describe(Change(change));
        return {{"target", description.target}, {"from", Localised(description.from, knowledge, language)},
            {"to", Localised(description.to, knowledge, language)}};
    }
    Facts operator()(const SetRegistryValue& change) const
    {
        const ChangeDescription description = Describe(Change(change));
        // A value's text stays as it is, even if it happens to be one of our words.
        const auto shown = [&](const std::optional<RegistryValue>& value, const std::string& text) -> Fact {
            if (!value)
            {
                return knowledge.Text("word.absent", language);
            }
            auto connection = DescribeConnection(change.path.name, *value);
            return connection ? Fact(std::move(*connection)) : Fact(text);
        };
        return {{"target", description.target}, {"from", shown(change.before, description.from)},
            {"to", shown(change.after, description.to)}};
    }
    Facts operator()(const SetTriggerEnabled& change) const
    {
        Facts facts = operator()<SetTriggerEnabled>(change);
        facts["target"] = change.task;
        facts["trigger"] = std::int64_t{change.trigger};
        return facts;
    }
    Facts operator()(const DeleteTemporaryFiles& change) const
    {
        return {{"target", change.folder}, {"files", static_cast<std::int64_t>(change.files)},
            {"size", ByteCount{change.bytes}}};
    }
    Facts operator()(const UncompressFolder& change) const
    {
        return {{"target", change.folder}, {"files", static_cast<std::int64_t>(change.files)},
            {"size", ByteCount{change.bytes}}};
    }
};

std::uint32_t CodeOfStatus(RepairStatus status, const std::string& reason)
{
    switch (status)
    {
    case RepairStatus::kNeedsAdministrator:
        return kElevationRequired;
    case RepairStatus::kHeld:
        return kBusy;
    case RepairStatus::kRefused:
    case RepairStatus::kFailed:
        return code::kNotSupported;
    case RepairStatus::kGuided:
        return reason.empty() ? 0 : code::kNotSupported;
    default:
        return 0;
    }
}

/// The values of .NET itself, which has no setting for one program alone.
bool ConcernsAllOfDotNet(const Change& change)
{
    const auto* value = std::get_if<SetRegistryValue>(&change);
    return value != nullptr
        && StartsWithIgnoreCase(value->path.key, "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\");
}

/// What kind of thing cannot be brought back: "deleted", "uncompressed", or nothing of the two.
std::string WhatIsGone(const std::vector<Change>& changes)
{
    for (const Change& change : changes)
    {
        if (std::holds_alternative<DeleteTemporaryFiles>(change))
        {
            return "deleted";
        }
        if (std::holds_alternative<UncompressFolder>(change))
        {
            return "uncompressed";
        }
    }
    return {};
}

std::vector<Change> ChangesOf(const RepairResult& result)
{
    std::vector<Change> changes;
    std::ranges::transform(result.steps, std::back_inserter(changes), &RepairStep::change);
    return changes;
}

/// By the person, and nothing of it remains.
bool WasStoppedInTime(const RepairResult& result)
{
    return result.status == RepairStatus::kRolledBack && result.error
        && result.error->code == code::kCancelled;
}

/// Of an entry that did not reach its end and has something that stays.
std::string WhatStays(const JournalEntry& entry, const Knowledge& knowledge, Language language)
{
    const std::string gone = WhatIsGone(entry.plan.changes);
    return entry.made && !gone.empty()
        ? knowledge.Text("undo." + gone, language, {{"count", static_cast<std::int64_t>(*entry.made)}})
        : knowledge.Text("undo.part_is_gone", language);
}

/// What undo can do about an entry, or did.
std::string StatusOfUndo(const UndoItem& item, const Knowledge& knowledge, Language language)
{
    const bool ended = item.entry.end == EntryEnd::kApplied;
    switch (item.status)
    {
    case UndoStatus::kUndoable:
        return knowledge.Text(item.partIsGone ? "undo.undoable_in_part" : "undo.undoable", language);
    case UndoStatus::kIrreversible:
        return item.partIsGone && !ended ? WhatStays(item.entry, knowledge, language) + " "
                + knowledge.Text("undo.nothing_to_do", language)
                                         : knowledge.Text("undo.irreversible", language);
    case UndoStatus::kFailed: {
        const bool tried = std::ranges::any_of(
            item.steps, [](const RepairStep& step) { return step.result != StepResult::kPending; });
        return knowledge.Text(tried ? "undo.failed" : "undo.not_undone", language);
    }
    default:
        return knowledge.Text(fmt::format("undo.{}", WordOf(item.status)), language);
    }
}

} // namespace

std::string ChangeSentence(const Change& change, const Knowledge& knowledge, Language language)
{
    const Facts facts = std::visit(FactsOfChange{knowledge, language}, change);
    return knowledge.Text(fmt::format("change.{}", Describe(change).change), language, facts);
}

std::string CodedTitle(std::string_view rootCause, const Knowledge& knowledge, Language language)
{
    const std::string code = knowledge.Entry(rootCause).attribute("code").value();
    return code.empty() ? knowledge.Title(rootCause, language)
                        : fmt::format("{} {}", code, knowledge.Title(rootCause, language));
}

std::vector<std::string> ChangeWarnings(const Change& change, const Knowledge& knowledge, Language language)
{
    const ChangeDescription description = Describe(change);
    std::vector<std::string> warnings;
    if (description.lowersProtection)
    {
        warnings.push_back(knowledge.Text("change.lowers_protection", language));
    }
    if (ConcernsAllOfDotNet(change))
    {
        warnings.push_back(knowledge.Text("change.every_dotnet_program", language));
    }
    if (!description.reversible)
    {
        warnings.push_back(knowledge.Text(
            description.runState ? "change.nothing_to_undo" : "change.irreversible", language));
    }
    return warnings;
}

std::string StepWords(const RepairStep& step, const Knowledge& knowledge, Language language)
{
    const bool failed = step.result == StepResult::kFailed;
    const bool inPart = failed && IsIrreversible(step.change) && (step.made || HasMadePart(step));
    // The person's own click is no failure and needs no number.
    const bool byPerson = failed && step.error && step.error->code == code::kCancelled;
    const std::string id = inPart ? "step.part"
        : byPerson                ? "step.stopped"
                                  : fmt::format("step.{}", WordOf(step.result));
    const std::string words = knowledge.Text(id, language);
    return step.error && !byPerson ? words + " " + knowledge.ExplainCode(step.error->code, language) : words;
}

std::string HowRepairStands(const RepairResult& result, const Knowledge& knowledge, Language language)
{
    if (!result.leftStopped.empty())
    {
        return knowledge.Text("repair.failed_left_stopped", language, {{"service", result.leftStopped}});
    }
    const auto far = HowFarItCame(result);
    if (result.status == RepairStatus::kStopped && far)
    {
        const bool deleted = WhatIsGone(ChangesOf(result)) == "deleted";
        return knowledge.Text(deleted ? "repair.stopped_deleting" : "repair.stopped_uncompressing", language,
            {{"done", static_cast<std::int64_t>(far->done)}, {"left", static_cast<std::int64_t>(far->left)}});
    }
    return knowledge.Text(WasStoppedInTime(result) ? "repair.stopped_rolled_back"
                                                   : fmt::format("repair.{}", WordOf(result.status)),
        language);
}

std::string HowToUndo(const RepairResult& result, const Knowledge& knowledge, Language language)
{
    if (result.journal.empty())
    {
        return {};
    }
    const bool remains = std::ranges::any_of(
        result.steps, [](const RepairStep& step) { return step.result == StepResult::kRollBackFailed; });
    const UndoExtent extent = HowMuchCanBeUndone(ChangesOf(result));
    const bool applied = result.status == RepairStatus::kApplied;
    const char* id = remains                     ? "repair.journal_again"
        : applied && extent == UndoExtent::kAll  ? "repair.journal"
        : applied && extent == UndoExtent::kSome ? "repair.journal_part"
                                                 : "repair.journal_only";
    return knowledge.Text(id, language,
        {{"journal", result.journal}, {"command", fmt::format("mars-check undo {}", result.journal)}});
}

std::string ExplainUndo(const UndoItem& item, const Knowledge& knowledge, Language language)
{
    if (!item.entry.damage.empty())
    {
        return knowledge.Text(item.entry.damage == kNewerEntry ? "undo.newer" : "undo.damaged", language);
    }
    if (item.isUnderWay)
    {
        return knowledge.Text("undo.under_way", language);
    }
    const std::string status = StatusOfUndo(item, knowledge, language);
    const std::string stopped = item.leftStopped.empty()
        ? std::string()
        : " " + knowledge.Text("repair.left_stopped", language, {{"service", item.leftStopped}});
    if (item.status == UndoStatus::kUndone && item.partIsGone)
    {
        return knowledge.Text("undo.undone_in_part", language) + stopped;
    }
    const EntryEnd end = item.entry.end == EntryEnd::kRolledBack ? EntryEnd::kUndone : item.entry.end;
    return knowledge.Text(fmt::format("undo.state_{}", WordOf(end)), language) + " " + status + stopped;
}

std::string ExplainRepair(const RepairResult& result, const Knowledge& knowledge, Language language)
{
    if (!result.leftStopped.empty())
    {
        return knowledge.Text("repair.left_stopped", language, {{"service", result.leftStopped}})
            + (result.error ? " " + knowledge.ExplainCode(result.error->code, language) : std::string());
    }
    if (result.status == RepairStatus::kStopped)
    {
        const std::string gone = WhatIsGone(ChangesOf(result));
        return gone.empty() ? std::string() : knowledge.Text(fmt::format("repair.{}_stays", gone), language);
    }
    const std::string held = "held." + result.reason;
    if (!result.reason.empty() && knowledge.HasText(held))
    {
        const std::string text = knowledge.Text(held, language);
        // Why the folder of the journal is not used, and the way out where there is one.
        const bool journal = result.reason == "journal_unavailable" && result.error;
        return journal ? text + " " + knowledge.ExplainCode(result.error->code, language) : text;
    }
    if (result.status == RepairStatus::kNeedsAdministrator)
    {
        return knowledge.Text("held.not_elevated", language);
    }
    return result.error && !WasStoppedInTime(result) ? knowledge.ExplainCode(result.error->code, language)
                                                     : std::string();
}

std::uint32_t RepairErrorCode(const RepairResult& result)
{
    return result.error ? result.error->code : CodeOfStatus(result.status, result.reason);
}

} // namespace mars
