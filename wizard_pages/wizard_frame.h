// SPDX-License-Identifier: MIT
#pragma once

#include "model/navigation.h"
#include "wizard_actions.h"
#include "wizard_session.h"

#include <wx/frame.h>

class wxButton;
class wxGauge;
class wxListEvent;
class wxSimplebook;
class wxSizer;
class wxStaticText;

namespace mars
{

class AttentionBar;
class RepairDialog;
class ReportList;
class ResultPage;
class SectionPage;
class StartPage;
class UndoPage;

/// The window: the list of the pages, the page, and Back, Next, Close. Next never changes anything on the
/// server.
class WizardFrame : public wxFrame, private WizardActions, private SessionObserver
{
public:
    /// A window of its own: first it is shown, then the checks start.
    static void Open(std::unique_ptr<WizardSession> session);

    explicit WizardFrame(std::unique_ptr<WizardSession> session);
    ~WizardFrame() override;

private:
    /// After the window is on the screen: starts the checks and goes where the command line leads.
    void Begin();

    void PreviewRepair(const RootCause& cause) override;
    void ContinueAsAdministrator(const RootCause* cause) override;
    void OpenTool(const std::string& tool) override;
    void OpenLink(const std::string& url) override;
    void CopyToClipboard(const wxString& text) override;
    void GoToSection(const Section& section, const RootCause* cause) override;
    void GoToSymptom(const SymptomChoice& symptom) override;
    void GoToResult() override;
    void GoToChanges() override;
    void OpenSupportFile() override;

    void OnResults() override;
    void OnServer() override;
    void OnJournal() override;
    void OnRecords() override;
    void OnChanging() override;

    void BuildBar(wxSizer* column);
    void BuildPages();
    void BuildBottom(wxSizer* column);
    void BindKeys();
    /// Everything around the page.
    void ShowState();
    void ShowPage();
    void GoTo(std::size_t page);
    void GoNext();
    void GoBack();
    void OnClose(wxCloseEvent& event);
    void OnQueryEndSession(wxCloseEvent& event);
    /// Not while changes are being made: they are asked to stop, and the window closes when they have ended.
    void CloseWhenDone();
    void GoToCode();
    void CheckAgain();
    void FollowCommandLine();
    void FollowCheckOfSymptom(const RootCause* cause);
    void FollowPlan(const PlanPage& plan, const RootCause* cause);
    /// Lays out the bar, which is as high as its text.
    void ShowBar();
    wxString RecordingWords() const;
    void OnDropped(const std::string& path);
    void OnRead(const std::string& path, const OpenedFile& opened);
    void ShowInstead(WizardSubject subject, WizardOptions options);
    void OnElevated(const Status& started);
    void TellToolFailed(const Failure& why);
    SectionPage* CurrentSection() const;
    std::size_t ResultIndex() const
    {
        return m_sections.size() + 1;
    }
    std::size_t ChangesIndex() const
    {
        return m_sections.size() + 2;
    }

    std::unique_ptr<WizardSession> m_session;
    Navigation m_navigation;
    bool m_selecting = false;
    bool m_elevating = false;
    bool m_opening = false;
    bool m_closeWhenDone = false;
    /// Null: none is open.
    RepairDialog* m_repair = nullptr;
    Lifeline m_life;

    /// Null: this computer is shown.
    AttentionBar* m_recordingBar = nullptr;
    ReportList* m_pages;
    wxSimplebook* m_book;
    StartPage* m_start;
    std::vector<SectionPage*> m_sections;
    ResultPage* m_result;
    /// Null for a recording, which nothing was changed on from here.
    UndoPage* m_changes = nullptr;
    wxStaticText* m_progressText;
    wxGauge* m_progress;
    wxButton* m_stop;
    wxButton* m_back;
    wxButton* m_next;
};

} // namespace mars
