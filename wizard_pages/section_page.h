// SPDX-License-Identifier: MIT
#pragma once

#include "wizard_actions.h"
#include "wizard_session.h"

#include <wx/panel.h>

class wxButton;
class wxSizer;
class wxListEvent;
class wxStaticText;

namespace mars
{

class AnswersPanel;
class DetailsPanel;
class ReportList;
class TextBlock;

/// One documented section: its rows, what is to be said about the selected one, and what can be done about
/// it.
class SectionPage : public wxPanel, private SessionObserver
{
public:
    SectionPage(wxWindow* parent, WizardSession& session, WizardActions& actions, const Section& section);
    ~SectionPage() override;

    const Section& Shows() const
    {
        return m_section;
    }
    void SelectRow(const RootCause& cause);
    const RootCause* SelectedRow() const;
    /// When the page comes to the front.
    void OnShown();
    void CheckAgain();

private:
    void OnResults() override;
    void OnServer() override;
    void OnJournal() override;

    /// Only on the page of a plan.
    void BuildPlan(wxSizer* column);
    void BuildCredentials(wxSizer* column);
    void BuildActions(wxSizer* column);
    /// Everything on the page, from the session.
    void ShowState();
    void ShowSummary();
    void ShowRows();
    void ShowDetails();
    void ShowCredentials();
    void ChooseCredentials();
    void OnSelected(wxListEvent& event);
    /// The worst row, or the first step of a plan.
    void SelectFirstRow();
    /// The selected row for somebody who does not see this window.
    wxString TextToCopy() const;
    wxString ClosingAdvice(const SectionSummary& summary) const;

    WizardSession& m_session;
    WizardActions& m_actions;
    const Section& m_section;
    /// Null, but on the page of a plan.
    const PlanPage* m_plan;
    std::vector<Row> m_rows;
    /// The person chose a row, or it was opened by its code: from then on it stays selected.
    bool m_chosen = false;
    bool m_selecting = false;
    bool m_technical = false;

    wxStaticText* m_heading;
    TextBlock* m_summary;
    TextBlock* m_credentials = nullptr;
    /// Null where the page has nothing to ask.
    AnswersPanel* m_answers = nullptr;
    ReportList* m_list;
    DetailsPanel* m_details;
    wxButton* m_repair;
    wxButton* m_checkAgain;
    wxButton* m_copy;
    wxButton* m_technicalSwitch;
};

} // namespace mars
