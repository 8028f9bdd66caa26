// SPDX-License-Identifier: MIT
#include "repair_text.h"

#include "change_text.h"
#include "reading.h"

#include <wx/intl.h>

#include <algorithm>
#include <iterator>

namespace mars
{

namespace
{

/// What the journal is good for with just these changes.
wxString UndoNote(const RepairResult& result, const WizardSession& session)
{
    const std::string path = ForReading(session.Engine()->JournalPath());
    switch (HowMuchCanBeUndone(ChangesOf(result)))
    {
    case UndoExtent::kAll:
        return Fill(
            _("Before a change is made, the old value is written to {0}, so that it can be undone."), path);
    case UndoExtent::kSome:
        return Fill(
            _("Before a change is made, the old value is written to {0}, so that it can be undone where "
              "nothing else is said above."),
            path);
    case UndoExtent::kNone:
        return Fill(_("It is written to {0} that this was done. It cannot be undone."), path);
    case UndoExtent::kNothingToUndo:
        break;
    }
    return Fill(
        _("It is written to {0} that this was done. No setting is changed, so there is nothing to undo."),
        path);
}

wxString OutcomeText(const RootCause& cause, const Outcome& outcome, const Words& words)
{
    const EntryText text = words.From().TextFor(cause.id, outcome, words.In());
    // TRANSLATORS: A result with its reason: {0} is "Error" or "Passed", {1} a sentence.
    return Fill(_("{0}. {1}"), FromWx(words.Result(outcome)), ForReading(text.evidence));
}

} // namespace

std::vector<Change> ChangesOf(const RepairResult& result)
{
    std::vector<Change> changes;
    std::ranges::transform(result.steps, std::back_inserter(changes), &RepairStep::change);
    return changes;
}

wxString ChangesText(const RepairResult& result, bool withResults, const Words& words)
{
    wxString text;
    int number = 0;
    for (const RepairStep& step : result.steps)
    {
        text += text.empty() ? "" : "\n\n";
        text +=
            Fill(_("{0}. {1}"), ++number, ForReading(ChangeSentence(step.change, words.From(), words.In())));
        const auto warnings = ChangeWarnings(step.change, words.From(), words.In());
        if (!withResults && warnings.empty())
        {
            text += "\n" + _("It can be undone later.");
        }
        for (const std::string& warning : warnings)
        {
            text += withResults ? wxString() : "\n" + ToWx(warning);
        }
        if (withResults)
        {
            text += "\n" + ToWx(StepWords(step, words.From(), words.In()));
        }
        for (const auto& [name, fact] : step.facts)
        {
            if (name == kNeedsRestart)
            {
                text += " " + words.Text("step.needs_restart");
                continue;
            }
            text += "\n" + ToWx(fmt::format("{}: {}", name, FormatFact(fact, words.In())));
        }
    }
    return text;
}

wxString PlanNotes(const RepairResult& result, const WizardSession& session)
{
    wxString notes;
    const auto add = [&](const wxString& note) { notes += (notes.empty() ? "" : "\n\n") + note; };
    if (result.disturbs)
    {
        const bool unknown = !result.activity || result.activity->activity == Activity::kUnknown;
        add(_("This interrupts the backup agent for a moment."));
        add(unknown
                ? _("It could not be told whether a backup or restore is running. A running one would fail.")
                : _("No backup or restore is running."));
    }
    if (session.IsRecording())
    {
        add(_("This is a recording: the plan can be looked at, and nothing can be changed."));
        return notes;
    }
    if (!session.IsElevated())
    {
        add(_("Repairs need administrator rights. Continue as administrator opens the wizard again on this "
              "row. When "
              "Windows asks for permission, the screen of somebody who helps remotely may go black for a "
              "moment."));
    }
    add(UndoNote(result, session));
    return notes;
}

wxString ResultNotes(const RepairResult& result, const Words& words)
{
    wxString notes = Fill(_("Before: {0}"), FromWx(OutcomeText(*result.cause, result.before, words)));
    if (result.after)
    {
        notes += "\n" + Fill(_("Now: {0}"), FromWx(OutcomeText(*result.cause, *result.after, words)));
    }
    const std::string why = ForReading(ExplainRepair(result, words.From(), words.In()));
    notes += why.empty() ? wxString() : "\n\n" + ToWx(why);
    if (!result.applied)
    {
        return notes;
    }
    const UndoExtent extent = HowMuchCanBeUndone(ChangesOf(result));
    const bool applied = result.status == RepairStatus::kApplied;
    const bool remains = std::ranges::any_of(
        result.steps, [](const RepairStep& step) { return step.result == StepResult::kRollBackFailed; });
    notes += "\n\n"
        + (remains ? _("It is listed on the Changes page, where taking it back can be tried once more.")
                : applied && extent == UndoExtent::kAll
                ? _("It is listed on the Changes page, where it can be undone.")
                : applied && extent == UndoExtent::kSome
                ? _("It is listed on the Changes page, where what can be undone of it can be taken back.")
                : _("It is listed on the Changes page. There is nothing in it that can be undone."));
    return notes;
}

} // namespace mars
