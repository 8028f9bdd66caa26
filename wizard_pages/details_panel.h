// SPDX-License-Identifier: MIT
#pragma once

#include "model/row_view.h"
#include "text_block.h"
#include "texts.h"
#include "wizard_actions.h"

#include <wx/scrolwin.h>

#include <optional>

class wxSizer;

namespace mars
{

/// What is to be said about the selected row. Drawn anew only when that changed; the focus stays where it
/// was.
class DetailsPanel : public wxScrolledWindow
{
public:
    DetailsPanel(wxWindow* parent, Words words, WizardActions& actions, bool recording);

    /// Nothing: no row is selected.
    void ShowRow(const std::optional<RowView>& view, bool technical);
    /// Below everything else, so it is scrolled to where the person looks for it.
    void ScrollToTechnical();
    /// The row as text to be sent: what the panel shows, without its buttons.
    wxString AsText() const;

private:
    void Build();
    /// What the plan's author says, before all that this program says.
    void BuildAsked(wxSizer* column);
    void BuildJudgement(wxSizer* column);
    void BuildSteps(wxSizer* column);
    void BuildHandoff(wxSizer* column);
    void BuildLinks(wxSizer* column);
    void BuildTechnical(wxSizer* column);
    TextBlock* AddBlock(wxSizer* column, int id, const wxString& name, const wxString& text);
    void AddLabel(wxSizer* column, const wxString& label);
    wxString StepOfPlan() const;
    wxString StepsHeading() const;
    wxString SourceText() const;
    wxString TechnicalText() const;
    void OnSize(wxSizeEvent& event);

    Words m_words;
    WizardActions& m_actions;
    bool m_recording;
    std::optional<RowView> m_view;
    bool m_technical = false;
    int m_width = 0;
};

} // namespace mars
