// SPDX-License-Identifier: MIT
#pragma once

#include "wizard_session.h"

#include <wx/dialog.h>
#include <wx/timer.h>

#include <atomic>
#include <stop_token>
#include <vector>

class wxButton;
class wxCheckBox;
class wxGauge;
class wxScrolledWindow;
class wxStaticText;

namespace mars
{

class TextBlock;

/// One repair from its plan to its result: preview, consent, progress, old and new result. Nothing is changed
/// before the button that names the change, and the focus is on Cancel until then.
class RepairDialog : public wxDialog
{
public:
    RepairDialog(wxWindow* parent, WizardSession& session, const RootCause& cause);
    ~RepairDialog() override;

    /// Something was written to the journal, so the machine has to be looked at again.
    bool HasChanged() const
    {
        return !m_result.journal.empty();
    }
    /// A service that ran before: more than the page of this repair is wrong now.
    bool HasLeftServiceStopped() const
    {
        return !m_result.leftStopped.empty();
    }
    /// The person wants to go on in an elevated copy.
    bool WantsAdministrator() const
    {
        return m_wantsAdministrator;
    }

private:
    struct Progress
    {
        std::atomic<std::size_t> step{0};
        std::atomic<std::uint64_t> done{0};
        std::atomic<std::uint64_t> total{0};
    };
    /// Everything that the dialog shows in one of its states.
    struct Scene
    {
        wxString heading;
        wxString body;
        wxString notes;
        bool asksForJobs = false;
        bool asksForChoice = false;
        /// Empty: no progress.
        wxString progress;
        wxString verb;
        wxString leave;
        bool stop = false;
    };

    void Build();
    void BuildChoices(wxSizer& column);
    void OnChoice(std::size_t chosen);
    Given WhatWasGiven() const;
    void ShowScene(const Scene& scene);
    void ShowPlanning();
    void ShowPlan();
    void ShowNoPlan();
    void ShowApplying();
    void ShowResult();

    void MakePlan();
    void Apply();
    /// After a stop: the rest of the same plan.
    void GoOn();
    void OnVerb();
    void OnLeave();
    void OnTimer(wxTimerEvent& event);
    void OnClose(wxCloseEvent& event);
    void OnKey(wxKeyEvent& event);

    WizardSession& m_session;
    const RootCause& m_cause;
    RepairResult m_result;
    bool m_applying = false;
    /// The person ticked that no job runs.
    bool m_knowsNoJobRuns = false;
    bool m_wantsAdministrator = false;
    std::stop_source m_stop;
    std::shared_ptr<Progress> m_progress = std::make_shared<Progress>();
    wxTimer m_timer;
    Lifeline m_life;

    TextBlock* m_heading;
    wxScrolledWindow* m_scrolled;
    TextBlock* m_body;
    TextBlock* m_notes;
    /// One for each of the repair's choices; at most one is ticked.
    std::vector<wxCheckBox*> m_choices;
    wxCheckBox* m_noJobRuns;
    wxStaticText* m_progressText;
    wxGauge* m_gauge;
    wxButton* m_verb;
    wxButton* m_stopButton;
    wxButton* m_leave;
};

} // namespace mars
