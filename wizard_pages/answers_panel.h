// SPDX-License-Identifier: MIT
#pragma once

#include "text_block.h"
#include "wizard_session.h"

#include <wx/panel.h>

class wxCheckBox;
class wxChoice;
class wxSizer;
class wxTextCtrl;

namespace mars
{

/// Asks what only the person knows, on the page whose checks judge by it. An answer is taken when Enter is
/// pressed or the focus goes on, and is kept for as long as the wizard runs.
class AnswersPanel : public wxPanel
{
public:
    AnswersPanel(wxWindow* parent, WizardSession& session, const Section& section);

    static bool HasQuestions(const Section& section);
    /// What the session knows.
    void ShowAnswers();

private:
    void BuildData(wxSizer* column);
    void BuildProxy(wxSizer* column);
    wxTextCtrl* AddText(wxSizer* line, int id, const wxString& name, void (AnswersPanel::*take)());
    void TakeDataSize();
    void TakeProxy();
    /// An answer that is not understood is left as it stands, and said; an empty text takes that away again.
    void Say(const wxString& text);

    WizardSession& m_session;
    wxTextCtrl* m_dataSize = nullptr;
    wxCheckBox* m_offlineSeeding = nullptr;
    wxChoice* m_ownProxy = nullptr;
    wxTextCtrl* m_proxyAddress = nullptr;
    TextBlock* m_note = nullptr;
};

} // namespace mars
