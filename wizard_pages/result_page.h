// SPDX-License-Identifier: MIT
#pragma once

#include "support_bundle.h"
#include "wizard_actions.h"
#include "wizard_session.h"

#include <wx/panel.h>

class wxButton;
class wxSizer;

namespace mars
{

class ReportList;
class TextBlock;

/// What was found, before and now, and whose turn it is; what was changed, with undo; the report and the
/// support bundle.
class ResultPage : public wxPanel, private SessionObserver
{
public:
    ResultPage(wxWindow* parent, WizardSession& session, WizardActions& actions);
    ~ResultPage() override;

    void OnShown();

private:
    void OnResults() override;
    void OnServer() override;
    void OnJournal() override;

    void BuildComparison(wxSizer* column);
    void BuildChanges(wxSizer* column);
    void BuildReport(wxSizer* column);
    wxButton* AddButton(
        wxSizer* line, int id, const wxString& name, const wxString& label, void (ResultPage::*onClick)());
    void ShowState();
    void ShowComparison();
    void ShowChanges();
    wxString Summary() const;
    Turn TurnOf(const RootCause& cause) const;
    wxString Name(const char* ending) const;

    void GoToSelected();
    void UndoSelected();
    void UndoEverything();
    void Undo(std::vector<std::string> entries);
    bool MayUndo(const wxString& question, const wxString& details);
    void SaveReport();
    void CopyReport();
    void SaveBundle();
    void OfferBundle(const SupportBundle& bundle);
    void ContactSupport();
    bool WriteFile(const std::string& path, const std::string& bytes);

    WizardSession& m_session;
    WizardActions& m_actions;
    std::vector<Comparison> m_lines;
    bool m_undoing = false;
    wxString m_undoResult;
    Lifeline m_life;

    TextBlock* m_summary;
    ReportList* m_comparison;
    ReportList* m_changes;
    TextBlock* m_changesNote;
    TextBlock* m_journal;
    wxButton* m_undo;
    wxButton* m_undoAll;
};

} // namespace mars
