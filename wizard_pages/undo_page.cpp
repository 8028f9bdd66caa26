// SPDX-License-Identifier: MIT
#include "undo_page.h"

#include "catalogue.h"
#include "change_text.h"
#include "control_ids.h"
#include "layout.h"
#include "reading.h"
#include "report_list.h"
#include "text_block.h"
#include "undo_text.h"

#include <wx/button.h>
#include <wx/intl.h>
#include <wx/msgdlg.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/wrapsizer.h>

namespace mars
{

UndoPage::UndoPage(wxWindow* parent, WizardSession& session, WizardActions& actions)
    : wxPanel(parent, wxID_ANY), m_session(session), m_actions(actions)
{
    SetName("page_changes");
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* heading = new wxStaticText(this, kIdHeading, _("What was changed on this server"));
    MakeBold(heading, 1.4);
    column->Add(heading, wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    m_note = new TextBlock(this, kIdSummary, "summary");
    column->Add(m_note, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
    BuildList(column);
    BuildButtons(column);
    // No button for it: where the Explorer may not look into a folder, it offers to change the folder's
    // access list, and then the journal would no longer be trusted.
    m_journal = new TextBlock(this, kIdJournalPath, "journal_path");
    column->Add(m_journal, wxSizerFlags().Expand().Border(wxTOP, Gap(this)));
    SetColumn(this, column);
    m_session.Observe(this);
    ShowState();
}

UndoPage::~UndoPage()
{
    m_session.Forget(this);
}

void UndoPage::BuildList(wxSizer* column)
{
    column->Add(new wxStaticText(this, wxID_ANY, _("&Repairs, the newest first:")),
        wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this) / 2));
    // TRANSLATORS: Column headings of the list of repairs that were made.
    m_list = new ReportList(
        this, kIdChanges, "changes", {{_("Repair"), true}, {_("When")}, {_("By whom")}, {_("State")}});
    column->Add(m_list, wxSizerFlags(2).Expand());
    m_list->Bind(wxEVT_LIST_ITEM_SELECTED, [this](wxListEvent& event) {
        event.Skip();
        ShowDetails();
    });
    column->Add(new wxStaticText(this, wxID_ANY, _("De&tails of the selected repair:")),
        wxSizerFlags().Border(wxTOP, Gap(this)).Border(wxBOTTOM, Gap(this) / 2));
    m_details = new wxTextCtrl(
        this, kIdChangeDetails, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY);
    m_details->SetName("change_details");
    m_details->SetMinSize(FromDIP(wxSize(60, 60)));
    column->Add(m_details, wxSizerFlags(3).Expand());
}

void UndoPage::BuildButtons(wxSizer* column)
{
    auto* line = new wxWrapSizer(wxHORIZONTAL);
    m_undo =
        AddButton(this, line, kIdUndo, "undo", _("&Undo the selected repair..."), [this] { UndoSelected(); });
    m_undoAll = AddButton(
        this, line, kIdUndoAll, "undo_all", _("Undo a&ll repairs..."), [this] { UndoEverything(); });
    m_closeFolder = AddButton(this, line, kIdCloseFolder, "close_folder", _("&Close the folder again..."),
        [this] { CloseFolder(); });
    m_undo->SetAuthNeeded();
    m_undoAll->SetAuthNeeded();
    m_closeFolder->SetAuthNeeded();
    column->Add(line, wxSizerFlags().Expand());
}

void UndoPage::OnServer()
{
    ShowState();
}

void UndoPage::OnJournal()
{
    ShowState();
}

void UndoPage::OnShown()
{
    // Somebody may have changed something since it was read.
    m_session.ReadJournal();
    LayoutWithText(this);
}

void UndoPage::ShowState()
{
    ShowList();
    ShowDetails();
    m_note->SetText(Note());
    const auto& journal = m_session.Journal();
    const bool undoable =
        std::ranges::find(journal, UndoStatus::kUndoable, &UndoItem::status) != journal.end();
    m_undo->Enable(!journal.empty() && !m_undoing);
    m_undoAll->Enable(undoable && !m_undoing);
    const auto& failure = m_session.JournalFailure();
    m_closeFolder->Show(failure && failure->code == kFolderOpened);
    m_closeFolder->Enable(!m_undoing);
    m_journal->SetText(
        Fill(_("The journal of all repairs is in {0}"), ForReading(m_session.Engine()->JournalPath())));
    LayoutWithText(this);
}

wxString UndoPage::Note() const
{
    if (!m_undoResult.empty())
    {
        return m_undoResult;
    }
    if (const auto& failure = m_session.JournalFailure())
    {
        return _("What was changed cannot be read now.") + " " + m_session.InWords().Code(failure->code);
    }
    return m_session.Journal().empty()
        ? _("The wizard has changed nothing on this server.")
        : _("Every repair that this program made here, whoever was at it. Undo puts the old value back, and "
            "never over what somebody changed since.");
}

void UndoPage::ShowList()
{
    const Words& words = m_session.InWords();
    std::vector<ReportList::Line> lines;
    for (const UndoItem& item : m_session.Journal())
    {
        const JournalHeader& header = item.entry.header;
        const bool known = item.entry.damage.empty();
        lines.push_back({-1,
            {known ? ToWx(CodedTitle(header.rootCause, words.From(), words.In())) : EntryWords(item, words),
                known ? ToWx(FormatFact(header.when, words.In())) : wxString(),
                known ? ToWx(ForReading(header.who)) : wxString(), UndoStateWords(item)}});
    }
    m_list->SetLines(lines);
    if (m_list->GetFirstSelected() < 0 && !lines.empty())
    {
        m_list->SelectLine(0);
    }
}

const UndoItem* UndoPage::Selected() const
{
    const long selected = m_list->GetFirstSelected();
    const auto& journal = m_session.Journal();
    return selected < 0 || static_cast<std::size_t>(selected) >= journal.size()
        ? nullptr
        : &journal[static_cast<std::size_t>(selected)];
}

void UndoPage::ShowDetails()
{
    wxString text;
    if (const UndoItem* item = Selected())
    {
        const auto at = static_cast<std::size_t>(item - m_session.Journal().data());
        text = EntryDetails(*item, m_session.JournalToday().at(at), m_session.InWords());
    }
    // What is being read stays where it is.
    if (m_details->GetValue() != text)
    {
        m_details->ChangeValue(text);
    }
}

bool UndoPage::MayUndo(const wxString& question, const wxString& details)
{
    wxMessageDialog dialog(this, question, _("Undo"), wxOK | wxCANCEL | wxCANCEL_DEFAULT | wxICON_QUESTION);
    dialog.SetExtendedMessage(details);
    // TRANSLATORS: The button that takes a repair back.
    dialog.SetOKCancelLabels(_("Undo"), _("Cancel"));
    return dialog.ShowModal() == wxID_OK;
}

void UndoPage::CloseFolder()
{
    if (m_session.LacksRights())
    {
        m_actions.ContinueAsAdministrator(nullptr);
        return;
    }
    wxMessageDialog dialog(this,
        _("Take your account's own access to the folder of this program away again?"), _("Close the folder"),
        wxOK | wxCANCEL | wxCANCEL_DEFAULT | wxICON_QUESTION);
    dialog.SetExtendedMessage(Fill(
        _("{0} and everything in it gets its access list back: SYSTEM and Administrators may do everything, "
          "nobody else anything. That cannot be undone, and nothing else is changed. The records of repairs "
          "that "
          "are there could be changed by other programs meanwhile, so from then on they are only shown."),
        ForReading(m_session.Engine()->JournalPath())));
    // TRANSLATORS: The button that gives a folder its access list back.
    dialog.SetOKCancelLabels(_("Close the folder"), _("Cancel"));
    if (dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    m_undoing = true;
    ShowState();
    InBackground(
        m_life, [engine = m_session.Engine()] { return engine->CloseJournalAgain(); },
        [this](const Status& closed) {
            m_undoing = false;
            m_undoResult = closed ? wxString() : m_session.InWords().Code(closed.Error().code);
            m_session.ReadJournal();
            ShowState();
        });
}

void UndoPage::UndoSelected()
{
    const UndoItem* item = Selected();
    if (item == nullptr)
    {
        return;
    }
    const Words& words = m_session.InWords();
    if (item->status != UndoStatus::kUndoable)
    {
        wxMessageDialog(this, UndoStatusWords(*item, words), _("Undo"), wxOK | wxICON_INFORMATION)
            .ShowModal();
        return;
    }
    if (m_session.LacksRights())
    {
        m_actions.ContinueAsAdministrator(nullptr);
        return;
    }
    // A copy: while the question is on the screen the journal may be read anew.
    const std::string name = item->entry.name;
    if (MayUndo(EntryWords(*item, words), UndoStepsWords(*item, words)))
    {
        Undo({name});
    }
}

void UndoPage::UndoEverything()
{
    if (m_session.LacksRights())
    {
        m_actions.ContinueAsAdministrator(nullptr);
        return;
    }
    std::vector<std::string> entries;
    std::size_t certain = 0;
    wxString details;
    wxString behind;
    for (const UndoItem& item : m_session.Journal())
    {
        // What a later repair stands in the way of is free when that one is undone; each is judged again
        // then.
        const bool mayFollow = item.status == UndoStatus::kChangedSince && certain > 0;
        if (item.status != UndoStatus::kUndoable && !mayFollow)
        {
            continue;
        }
        wxString& where = mayFollow ? behind : details;
        entries.push_back(item.entry.name);
        certain += mayFollow ? 0 : 1;
        where += (where.empty() ? "" : "\n") + UndoStepsWords(item, m_session.InWords());
    }
    if (!behind.empty())
    {
        details += "\n\n" + _("And where nothing else stands in the way then:") + "\n" + behind;
    }
    const wxString question = Fill(
        wxPLURAL("Take one repair back?", "Take {0} repairs back?", static_cast<unsigned>(certain)), certain);
    if (!entries.empty() && MayUndo(question, details))
    {
        Undo(std::move(entries));
    }
}

void UndoPage::Undo(std::vector<std::string> entries)
{
    m_undoing = true;
    m_undoResult = _("Being taken back...");
    ShowState();
    m_session.Change(
        m_life,
        [engine = m_session.Engine(), entries = std::move(entries)](const std::stop_token& stop) {
            std::vector<UndoItem> undone;
            for (const std::string& entry : entries)
            {
                undone.push_back(engine->Undo(entry, stop));
            }
            return undone;
        },
        [this](const std::vector<UndoItem>& undone) { OnUndone(undone); });
}

void UndoPage::OnUndone(const std::vector<UndoItem>& undone)
{
    m_undoing = false;
    m_undoResult.clear();
    for (const UndoItem& item : undone)
    {
        const RootCause* cause = FindRootCause(item.entry.header.rootCause);
        m_undoResult += (m_undoResult.empty() ? "" : "\n") + EntryWords(item, m_session.InWords()) + " "
            + UndoStatusWords(item, m_session.InWords());
        if (cause != nullptr)
        {
            m_session.OnChanged(*cause);
        }
    }
    m_session.ReadJournal();
    ShowState();
}

} // namespace mars
