// SPDX-License-Identifier: MIT
#pragma once

#include "error_match.h"
#include "model/symptoms.h"
#include "wizard_actions.h"
#include "wizard_session.h"

#include <wx/panel.h>

class wxButton;
class wxSizer;
class wxStaticText;
class wxTextCtrl;

namespace mars
{

class AttentionBar;
class ReportList;
class TextBlock;

/// "What is going wrong?": an error text or a symptom leads to its page; below it what is known of the
/// server. The checks run behind it.
class StartPage : public wxPanel, private SessionObserver
{
public:
    StartPage(wxWindow* parent, WizardSession& session, WizardActions& actions);
    ~StartPage() override;

    /// Goes where the selected line leads; false when none is selected.
    bool FollowChoice();
    void SetErrorText(const wxString& text);
    /// By id; goes to its page.
    void FollowSymptom(const std::string& id);
    /// For who arrives with an error in hand: the page begins there.
    void FocusErrorText();

private:
    /// One line of the list: a symptom, a documented error, or everything.
    struct Choice
    {
        int icon = -1;
        wxString words;
        /// What the checks say of it, in a word or two.
        wxString found;
        const Section* section = nullptr;
        const RootCause* cause = nullptr;
        const SymptomChoice* symptom = nullptr;
    };

    void OnResults() override;
    void OnServer() override;
    void OnJournal() override;
    void OnRecords() override;

    void BuildBars(wxSizer* column);
    void BuildQuestions(wxSizer* column);
    void BuildFacts(wxSizer* column);
    void ShowState();
    void ShowBars();
    /// What the server's own records say, before anything is typed.
    void ShowRecords();
    void FollowRecords();
    void ShowChoices();
    void ShowMeaning();
    void ShowFacts();
    std::vector<Choice> Symptoms() const;
    Choice ChoiceOf(const SymptomChoice& symptom) const;
    std::vector<Choice> ChoicesOf(const std::vector<ErrorMatch>& matches) const;
    Choice Everything() const;
    /// A repair that did not reach its end, the newest; null: there is none.
    const UndoItem* OpenRepair() const;
    void RollBackInterrupted();
    void MarkSeen();

    WizardSession& m_session;
    WizardActions& m_actions;
    std::vector<SymptomChoice> m_symptoms;
    std::string m_matchedText;
    std::vector<ErrorMatch> m_matches;
    std::vector<Choice> m_choices;
    bool m_rollingBack = false;
    wxString m_rollBackResult;
    Lifeline m_life;

    AttentionBar* m_rollBackBar;
    wxButton* m_rollBack;
    wxButton* m_seen;
    AttentionBar* m_rightsBar;
    AttentionBar* m_recordsBar;
    wxTextCtrl* m_errorText;
    wxStaticText* m_choicesLabel;
    ReportList* m_choiceList;
    TextBlock* m_hint;
    ReportList* m_facts;
};

} // namespace mars
