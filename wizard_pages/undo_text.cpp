// SPDX-License-Identifier: MIT
#include "undo_text.h"

#include "change_text.h"
#include "reading.h"

#include <wx/intl.h>

namespace mars
{

namespace
{

/// What is there now, in the reader's language where it is a word of ours. A registry value's text stays as
/// it is, even if it happens to be one.
std::string NowWords(const ChangeToday& change, const Words& words)
{
    const bool absent = *change.now == "(absent)";
    const std::string id = "word." + (absent ? std::string("absent") : *change.now);
    const bool ours = absent || !std::holds_alternative<SetRegistryValue>(change.change);
    return ours && words.From().HasText(id) ? words.From().Text(id, words.In()) : *change.now;
}

wxString TodayWords(const ChangeToday& change, const Words& words)
{
    switch (change.today)
    {
    case Today::kAsLeft:
        return _("It is still as the repair left it.");
    case Today::kAsBefore:
        return _("It is as it was before the repair.");
    case Today::kChangedSince:
        return change.now ? Fill(_("Somebody changed it since: now it is {0}. Undo does not overwrite that."),
                   ForReading(NowWords(change, words)))
                          : _("Somebody changed it since. Undo does not overwrite that.");
    case Today::kGone:
        return _("What was changed is not there any more.");
    case Today::kNotMade:
        return _("It was not made.");
    case Today::kNothingToUndo:
    case Today::kIrreversible:
        // The warnings of the change say it.
        return {};
    case Today::kCannotTell:
        break;
    }
    wxString text = _("How it is now could not be told.");
    return change.why ? text + " " + words.Code(change.why->code) : text;
}

/// A change from the old value to the new one, what to know about it, and how it stands.
wxString ChangeLines(std::size_t number, const ChangeToday& change, const Words& words)
{
    // TRANSLATORS: A numbered step: {0} is its number, {1} what to do.
    wxString text =
        Fill(_("{0}. {1}"), number, ForReading(ChangeSentence(change.change, words.From(), words.In())));
    for (const std::string& warning : ChangeWarnings(change.change, words.From(), words.In()))
    {
        text += "\n    " + ToWx(warning);
    }
    const wxString today = TodayWords(change, words);
    return today.empty() ? text : text + "\n    " + today;
}

} // namespace

wxString EntryWords(const UndoItem& item, const Words& words)
{
    const JournalHeader& header = item.entry.header;
    if (!item.entry.damage.empty())
    {
        const std::string name = ForReading(item.entry.name);
        return item.entry.damage == kNewerEntry
            ? Fill(
                _("The record {0} was written by a newer version of this program. It is only shown."), name)
            : Fill(_("The record {0} is damaged. It is only shown."), name);
    }
    return words.Text("undo.entry",
        {{"title", CodedTitle(header.rootCause, words.From(), words.In())}, {"when", header.when},
            {"who", ForReading(header.who)}});
}

wxString UndoStatusWords(const UndoItem& item, const Words& words)
{
    wxString text = ToWx(ForReading(ExplainUndo(item, words.From(), words.In())));
    if (item.status == UndoStatus::kFailed && item.error && item.entry.damage.empty() && !item.isUnderWay)
    {
        text += " " + words.Code(item.error->code);
    }
    return text;
}

wxString UndoStateWords(const UndoItem& item)
{
    if (!item.entry.damage.empty())
    {
        return item.entry.damage == kNewerEntry ? _("Of a newer version") : _("Damaged record");
    }
    if (item.isUnderWay)
    {
        return _("Being worked on");
    }
    if (item.entry.end == EntryEnd::kStopped && item.status != UndoStatus::kUndone)
    {
        return _("Stopped");
    }
    const bool ended = item.entry.end == EntryEnd::kApplied;
    switch (item.status)
    {
    case UndoStatus::kUndoable:
        return ended ? _("Can be undone") : _("Did not reach its end");
    case UndoStatus::kUndone:
        return item.partIsGone ? _("Undone in part") : _("Undone");
    case UndoStatus::kChangedSince:
        return _("Changed since");
    case UndoStatus::kIrreversible:
        return ended ? _("Nothing to undo") : _("Did not reach its end");
    case UndoStatus::kFailed:
        break;
    }
    return _("Could not be told");
}

wxString EntryDetails(const UndoItem& item, const std::vector<ChangeToday>& changes, const Words& words)
{
    wxString text = EntryWords(item, words);
    if (!item.entry.damage.empty())
    {
        return text;
    }
    text += "\n"
        + Fill(_("Made with version {0} of this program ({1})."), ForReading(item.entry.header.toolVersion),
            ForReading(item.entry.header.context));
    text += "\n" + UndoStatusWords(item, words);
    std::size_t number = 0;
    for (const ChangeToday& change : changes)
    {
        text += "\n\n" + ChangeLines(++number, change, words);
    }
    if (item.status == UndoStatus::kChangedSince)
    {
        text += "\n\n"
            + _("If the old value is wanted all the same, set it by hand: each change above names it.");
    }
    return text + "\n";
}

wxString UndoStepsWords(const UndoItem& item, const Words& words)
{
    wxString text;
    for (const RepairStep& step : item.steps)
    {
        text += (text.empty() ? "" : "\n")
            + ToWx(ForReading(ChangeSentence(step.change, words.From(), words.In())));
    }
    if (item.partIsGone)
    {
        text += "\n" + _("What cannot be undone of it stays.");
    }
    return text;
}

} // namespace mars
