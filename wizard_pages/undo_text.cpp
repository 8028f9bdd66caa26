// SPDX-License-Identifier: MIT
#include "undo_text.h"

#include "change_text.h"
#include "json.h"
#include "report_content.h"

#include <wx/intl.h>

namespace mars
{

wxString EntryWords(const UndoItem& item, const Words& words)
{
    const JournalHeader& header = item.entry.header;
    if (!item.entry.damage.empty())
    {
        return Fill(_("The record {0} is damaged or of another version. It is only shown."),
            ForReading(item.entry.name));
    }
    return words.Text("undo.entry",
        {{"title", words.From().Title(header.rootCause, words.In())}, {"when", header.when},
            {"who", ForReading(header.who)}});
}

wxString UndoStatusWords(const UndoItem& item, const Words& words)
{
    wxString text = words.Text("undo.state_" + EntryStateWord(item.entry.end)) + " "
        + words.Text(fmt::format("undo.{}", WordOf(item.status)));
    if (item.status == UndoStatus::kFailed && item.error)
    {
        text += " " + words.Code(item.error->code);
    }
    return text;
}

wxString UndoStepsWords(const UndoItem& item, const Words& words)
{
    wxString text;
    for (const RepairStep& step : item.steps)
    {
        text += (text.empty() ? "" : "\n")
            + ToWx(ForReading(ChangeSentence(step.change, words.From(), words.In())));
    }
    return text;
}

} // namespace mars
