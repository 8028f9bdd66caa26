// SPDX-License-Identifier: MIT
#pragma once

#include "wizard_actions.h"
#include "wizard_session.h"

#include <wx/panel.h>

class wxButton;
class wxSizer;
class wxTextCtrl;

namespace mars
{

class ReportList;
class TextBlock;

/// Everything that was changed on this server, also long ago and by others: what of it stands, and undo for
/// one or all.
class UndoPage : public wxPanel, private SessionObserver
{
public:
    UndoPage(wxWindow* parent, WizardSession& session, WizardActions& actions);
    ~UndoPage() override;

    void OnShown();

private:
    void OnServer() override;
    void OnJournal() override;

    void BuildList(wxSizer* column);
    void BuildButtons(wxSizer* column);
    void ShowState();
    void ShowList();
    void ShowDetails();
    wxString Note() const;
    /// Null: none is selected.
    const UndoItem* Selected() const;

    void UndoSelected();
    void UndoEverything();
    void Undo(std::vector<std::string> entries);
    void OnUndone(const std::vector<UndoItem>& undone);
    bool MayUndo(const wxString& question, const wxString& details);
    /// The person's own access to the journal's folder, which File Explorer gave, is taken away again.
    void CloseFolder();

    WizardSession& m_session;
    WizardActions& m_actions;
    bool m_undoing = false;
    wxString m_undoResult;
    Lifeline m_life;

    TextBlock* m_note;
    ReportList* m_list;
    wxTextCtrl* m_details;
    wxButton* m_undo;
    wxButton* m_undoAll;
    wxButton* m_closeFolder;
    TextBlock* m_journal;
};

} // namespace mars
