// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan_draft.h"
#include "wizard_session.h"

#include <wx/dialog.h>

class wxButton;
class wxSizer;
class wxTextCtrl;

namespace mars
{

class ReportList;

/// Makes a support plan of what was found: which rows, in which order, with which notes.
class PlanDialog : public wxDialog
{
public:
    PlanDialog(wxWindow* parent, const WizardSession& session);

    /// What was put together.
    SupportPlan Plan() const;

private:
    void BuildLines(wxSizer* column);
    void BuildNote(wxSizer* column);
    void BuildButtons(wxSizer* column);
    void ShowLines();
    void ShowNote();
    void SelectLine(std::size_t line);
    /// The selected line; nothing while none is.
    std::optional<std::size_t> Selected() const;

    void MoveUp();
    void MoveDown();
    void AddByCode();
    void Save();
    wxString StateOf(const RootCause& cause) const;

    const WizardSession& m_session;
    PlanDraft m_draft;
    /// The list is being filled: what it tells then was not done by the person.
    bool m_filling = false;

    ReportList* m_list = nullptr;
    wxTextCtrl* m_note = nullptr;
};

} // namespace mars
