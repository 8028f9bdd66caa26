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

/// What was found, before and now, and whose turn it is; the report, the support bundle, and the plan for
/// somebody else.
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
    void BuildReport(wxSizer* column);
    void ShowState();
    void ShowComparison();
    wxString Summary() const;
    Turn TurnOf(const RootCause& cause) const;
    wxString Name(const char* ending) const;

    void GoToSelected();
    void SaveReport();
    void CopyReport();
    /// `format` is a word of kDocumentFormats, or "json".
    std::string ReportAs(std::string_view format) const;
    void SaveBundle();
    void OfferBundle(const SupportBundle& bundle);
    void MakePlan();
    void ShowChanges();
    void ContactSupport();
    bool WriteFile(const std::string& path, const std::string& bytes);

    WizardSession& m_session;
    WizardActions& m_actions;
    std::vector<Comparison> m_lines;
    Lifeline m_life;

    TextBlock* m_summary;
    ReportList* m_comparison;
};

} // namespace mars
