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
    DetailsPanel(wxWindow* parent, Words words, WizardActions& actions);

    /// Nothing: no row is selected.
    void ShowRow(const std::optional<RowView>& view, bool technical);
    /// The row as text to be sent: what the panel shows, without its buttons.
    wxString AsText() const;

private:
    void Build();
    void BuildJudgement(wxSizer* column);
    void BuildSteps(wxSizer* column);
    void BuildHandoff(wxSizer* column);
    void BuildLinks(wxSizer* column);
    void BuildTechnical(wxSizer* column);
    TextBlock* AddBlock(wxSizer* column, int id, const wxString& name, const wxString& text);
    void AddLabel(wxSizer* column, const wxString& label);
    wxString StepsHeading() const;
    wxString SourceText() const;
    wxString TechnicalText() const;
    void OnSize(wxSizeEvent& event);

    Words m_words;
    WizardActions& m_actions;
    std::optional<RowView> m_view;
    bool m_technical = false;
    int m_width = 0;
};

} // namespace mars
