// SPDX-License-Identifier: MIT
#include "wizard_frame.h"

#include "access_keys.h"
#include "attention_bar.h"
#include "catalogue.h"
#include "control_ids.h"
#include "error_match.h"
#include "icons.h"
#include "layout.h"
#include "model/start_failure.h"
#include "opening.h"
#include "reading.h"
#include "repair_dialog.h"
#include "report_list.h"
#include "result_page.h"
#include "section_page.h"
#include "start_page.h"
#include "undo_page.h"

#include <wx/accel.h>
#include <wx/app.h>
#include <wx/button.h>
#include <wx/clipbrd.h>
#include <wx/dataobj.h>
#include <wx/dirdlg.h>
#include <wx/display.h>
#include <wx/dnd.h>
#include <wx/filedlg.h>
#include <wx/gauge.h>
#include <wx/iconbndl.h>
#include <wx/intl.h>
#include <wx/msgdlg.h>
#include <wx/simplebook.h>
#include <wx/sizer.h>
#include <wx/statline.h>
#include <wx/stattext.h>
#include <wx/textdlg.h>

namespace mars
{

namespace
{

/// The size that was asked for, or what the screen has.
wxSize FittingSize(const wxWindow* window)
{
    const wxRect screen = wxDisplay(window).GetClientArea();
    wxSize size = window->FromDIP(dip::kWindow);
    size.DecTo(screen.GetSize());
    return size;
}

/// Files that are dropped on the window, each path at a time.
class FileDrop : public wxFileDropTarget
{
public:
    explicit FileDrop(std::function<void(const wxArrayString&)> onFiles) : m_onFiles(std::move(onFiles)) {}
    bool OnDropFiles(wxCoord, wxCoord, const wxArrayString& files) override
    {
        m_onFiles(files);
        return true;
    }

private:
    std::function<void(const wxArrayString&)> m_onFiles;
};

} // namespace

void WizardFrame::Open(std::unique_ptr<WizardSession> session)
{
    auto* frame = new WizardFrame(std::move(session));
    frame->Show();
    // The window first, the checks after.
    frame->CallAfter([frame] { frame->Begin(); });
}

WizardFrame::WizardFrame(std::unique_ptr<WizardSession> session)
    : wxFrame(nullptr, wxID_ANY, _("Azure Backup (MARS) Troubleshooter")), m_session(std::move(session)),
      // The first page, those of the sections, the result, and what was changed.
      m_navigation(m_session->Pages().size() + (m_session->IsRecording() ? 2 : 3))
{
    SetName("wizard");
    SetIcons(wxIconBundle("#1", static_cast<WXHINSTANCE>(nullptr)));
    // A panel, because a frame by itself does not move the focus with Tab.
    auto* ground = new wxPanel(this);
    auto* column = new wxBoxSizer(wxVERTICAL);
    ground->SetSizer(column);
    BuildBar(column);
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    auto* left = new wxBoxSizer(wxVERTICAL);
    left->Add(new wxStaticText(ground, wxID_ANY, _("&Jump to a page:")),
        wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    // TRANSLATORS: Column headings of the list of pages.
    m_pages = new ReportList(ground, kIdPages, "pages", {{_("Page"), true}, {_("State")}}, wxLC_NO_HEADER);
    m_pages->SetMinSize(FromDIP(wxSize(dip::kPageList, 100)));
    left->Add(m_pages, wxSizerFlags(1).Expand());
    line->Add(left, wxSizerFlags(32).Expand().Border(wxLEFT | wxTOP, Margin(this)));
    m_book = new wxSimplebook(ground, kIdBook);
    m_book->SetName("book");
    line->Add(m_book, wxSizerFlags(68).Expand());
    column->Add(line, wxSizerFlags(1).Expand());
    BuildPages();
    BuildBottom(column);
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(ground, wxSizerFlags(1).Expand());
    SetSizer(outer);
    SetSizeHints(FromDIP(dip::kSmallestWindow));
    SetSize(FittingSize(this));
    Centre();
    BindKeys();
    SetDropTarget(new FileDrop([this](const wxArrayString& files) {
        // After the drop has ended: the window that the file comes from waits for it.
        CallAfter([this, path = FromWx(files.empty() ? wxString() : files[0])] { OnDropped(path); });
    }));
    Bind(wxEVT_CLOSE_WINDOW, &WizardFrame::OnClose, this);
    wxTheApp->Bind(wxEVT_QUERY_END_SESSION, &WizardFrame::OnQueryEndSession, this);
    m_session->Observe(this);
    ShowBar();
    ShowPage();
}

WizardFrame::~WizardFrame()
{
    wxTheApp->Unbind(wxEVT_QUERY_END_SESSION, &WizardFrame::OnQueryEndSession, this);
    m_session->Forget(this);
    // The pages listen to the session, so they have to go before it.
    DestroyChildren();
}

void WizardFrame::BuildBar(wxSizer* column)
{
    if (!m_session->IsRecording())
    {
        return;
    }
    wxWindow* ground = column->GetContainingWindow();
    m_recordingBar =
        new AttentionBar(ground, kIdRecordingText, "recording_note", StateIcon(RowState::kAdvice));
    column->Add(m_recordingBar, wxSizerFlags().Expand());
    ground->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        ShowBar();
    });
}

void WizardFrame::BuildPages()
{
    m_start = new StartPage(m_book, *m_session, *this);
    m_book->AddPage(m_start, {});
    for (const Section* section : m_session->Pages())
    {
        m_sections.push_back(new SectionPage(m_book, *m_session, *this, *section));
        m_book->AddPage(m_sections.back(), {});
    }
    m_result = new ResultPage(m_book, *m_session, *this);
    m_book->AddPage(m_result, {});
    if (!m_session->IsRecording())
    {
        m_changes = new UndoPage(m_book, *m_session, *this);
        m_book->AddPage(m_changes, {});
    }
    const auto follow = [this](wxListEvent& event) {
        event.Skip();
        if (!m_selecting)
        {
            GoTo(static_cast<std::size_t>(event.GetIndex()));
        }
    };
    m_pages->Bind(wxEVT_LIST_ITEM_SELECTED, follow);
}

void WizardFrame::BuildBottom(wxSizer* column)
{
    wxWindow* ground = m_book->GetParent();
    column->Add(new wxStaticLine(ground), wxSizerFlags().Expand());
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    // The text comes first among the controls, because it is also what a screen reader calls the bar.
    m_progressText = new wxStaticText(ground, kIdProgressText, {}, wxDefaultPosition, wxDefaultSize,
        wxST_NO_AUTORESIZE | wxST_ELLIPSIZE_END);
    m_progressText->SetName("progress_text");
    m_progress = new wxGauge(ground, kIdProgress, 1, wxDefaultPosition, FromDIP(wxSize(dip::kProgress, 14)));
    m_progress->SetName("progress");
    line->Add(m_progress, wxSizerFlags().CentreVertical().Border(wxRIGHT, Gap(this)));
    line->Add(m_progressText, wxSizerFlags(1).CentreVertical());
    const auto add = [&](int id, const wxString& name, const wxString& label, auto onClick) {
        auto* button = new wxButton(ground, id, label);
        button->SetName(name);
        button->Bind(wxEVT_BUTTON, [onClick](wxCommandEvent&) { onClick(); });
        line->Add(button, wxSizerFlags().Border(wxLEFT, Gap(this)));
        return button;
    };
    m_stop = add(kIdStop, "stop", _("&Stop"), [this] { m_session->Stop(); });
    m_back = add(kIdBack, "back", _("&Back"), [this] { GoBack(); });
    m_next = add(kIdNext, "next", _("&Next"), [this] { GoNext(); });
    add(kIdClose, "close", _("Close"), [this] { Close(); });
    column->Add(line, wxSizerFlags().Expand().Border(wxALL, Margin(this)));
}

void WizardFrame::BindKeys()
{
    wxAcceleratorEntry keys[] = {{wxACCEL_CTRL, 'G', kIdGoToCode}, {wxACCEL_NORMAL, WXK_F5, kIdCheckAgainKey},
        {wxACCEL_ALT, WXK_LEFT, kIdBack}, {wxACCEL_ALT, WXK_RIGHT, kIdNext}};
    SetAcceleratorTable(wxAcceleratorTable(WXSIZEOF(keys), keys));
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        const bool altOnly = event.GetModifiers() == wxMOD_ALT;
        if (!altOnly || !FollowAccessKey(this, event.GetKeyCode()))
        {
            event.Skip();
        }
    });
    Bind(
        wxEVT_MENU, [this](wxCommandEvent&) { GoToCode(); }, kIdGoToCode);
    Bind(
        wxEVT_MENU, [this](wxCommandEvent&) { CheckAgain(); }, kIdCheckAgainKey);
    Bind(
        wxEVT_MENU, [this](wxCommandEvent&) { GoBack(); }, kIdBack);
    Bind(
        wxEVT_MENU, [this](wxCommandEvent&) { GoNext(); }, kIdNext);
}

void WizardFrame::Begin()
{
    m_session->Start();
    m_start->FocusErrorText();
    FollowCommandLine();
}

void WizardFrame::FollowCommandLine()
{
    const WizardOptions& options = m_session->Options();
    const RootCause* cause = FindRootCause(options.check);
    const Section* section = FindSection(options.section);
    if (m_session->Plan() != nullptr && section == nullptr)
    {
        FollowPlan(*m_session->Plan(), cause);
        return;
    }
    const auto symptom = FindSymptom(m_session->InWords().From(), options.symptom);
    if (options.error.empty() && section == nullptr && symptom)
    {
        m_start->FollowSymptom(symptom->id);
        FollowCheckOfSymptom(cause);
        return;
    }
    if (cause != nullptr)
    {
        const Section* own = FindSection(cause->SectionId());
        // Where both are given the page may show the row as a borrowed one.
        const auto shown =
            section == nullptr ? std::vector<const RootCause*>() : m_session->Model().RootCausesOf(*section);
        const bool borrowed = std::ranges::find(shown, cause) != shown.end();
        GoToSection(borrowed ? *section : *own, cause);
        return;
    }
    const std::string& text = options.error.empty() ? options.symptom : options.error;
    if (!text.empty())
    {
        m_start->SetErrorText(ToWx(text));
    }
    if (section != nullptr)
    {
        GoToSection(*section, nullptr);
    }
    else if (!text.empty())
    {
        m_start->FollowChoice();
    }
}

/// Null: the page as it is.
void WizardFrame::FollowCheckOfSymptom(const RootCause* cause)
{
    if (cause == nullptr)
    {
        return;
    }
    const Section& page = m_session->Symptom()->AsSection();
    const auto shown = m_session->Model().RootCausesOf(page);
    const bool isOnPage = std::ranges::find(shown, cause) != shown.end();
    GoToSection(isOnPage ? page : *FindSection(cause->SectionId()), cause);
}

/// Who sent the plan wants it to be seen first, from its first step on.
void WizardFrame::FollowPlan(const PlanPage& plan, const RootCause* cause)
{
    if (cause == nullptr && !plan.Plan().steps.empty())
    {
        cause = plan.Plan().steps.front().cause;
    }
    const bool elsewhere = cause != nullptr && !plan.Has(*cause);
    GoToSection(elsewhere ? *FindSection(cause->SectionId()) : plan.AsSection(), cause);
}

void WizardFrame::OnResults()
{
    ShowState();
}

void WizardFrame::OnServer()
{
    ShowBar();
}

void WizardFrame::OnJournal()
{
    ShowState();
}

void WizardFrame::OnChanging()
{
    if (m_session->IsChanging())
    {
        // TRANSLATORS: Windows shows it to whoever signs out or shuts down; at most 200 characters.
        m_session->Host().HoldSession(GetHandle(),
            FromWx(
                _("Settings of the backup agent are being changed or taken back. The window closes by itself "
                  "in a moment.")));
    }
    else
    {
        m_session->Host().ReleaseSession(GetHandle());
        if (m_closeWhenDone)
        {
            CloseWhenDone();
        }
    }
    ShowState();
}

void WizardFrame::OnClose(wxCloseEvent& event)
{
    if (!event.CanVeto() || !m_session->IsChanging())
    {
        event.Skip();
        return;
    }
    event.Veto();
    CloseWhenDone();
}

/// Windows asks; it does not end the session for as long as it is held.
void WizardFrame::OnQueryEndSession(wxCloseEvent& event)
{
    if (!m_session->IsChanging())
    {
        event.Skip();
        return;
    }
    event.Veto();
    CloseWhenDone();
}

void WizardFrame::CloseWhenDone()
{
    m_closeWhenDone = true;
    if (m_session->IsChanging())
    {
        m_session->StopChanging();
        ShowState();
    }
    else if (m_repair != nullptr)
    {
        // Its end closes the window.
        m_repair->EndModal(wxID_CANCEL);
    }
    else
    {
        Close();
    }
}

void WizardFrame::ShowBar()
{
    if (m_recordingBar != nullptr)
    {
        m_recordingBar->SetText(RecordingWords());
        m_recordingBar->GetParent()->Layout();
        LayoutWithText(m_recordingBar);
        m_recordingBar->GetParent()->Layout();
    }
}

/// Whose server, when and how it was taken, and that it is only looked at.
wxString WizardFrame::RecordingWords() const
{
    const RecordingOrigin& origin = *m_session->Recorded();
    const Words& words = m_session->InWords();
    const auto& context = m_session->Context();
    const std::string name = m_session->ServerName();
    // TRANSLATORS: {0} the server's name, {1} a time, {2} a version of this program.
    wxString text = Fill(_("Recording of {0}, taken on {1} by version {2}"),
        name.empty() ? FromWx(words.Text("word.unknown")) : ForReading(name),
        FormatFact(origin.taken, words.In()), ForReading(origin.toolVersion));
    text += context ? " "
            + words.Text(context->system ? "report.as_system"
                    : context->elevated  ? "report.elevated"
                                         : "report.not_elevated")
            + "."
                    : wxString(".");
    text += " " + _("Read-only: nothing on that server is changed from here.");
    text += " " + (origin.redacted ? _("Its names are stand-ins.") : _("Its names are the real ones."));
    if (m_session->LacksRights())
    {
        text += " " + _("Without administrator rights some checks could not be made.");
    }
    if (origin.unknownQuestions > 0)
    {
        text += " "
            + Fill(wxPLURAL("One of its answers is of a newer version; get that version to see all of it.",
                       "{0} of its answers are of a newer version; get that version to see all of them.",
                       static_cast<unsigned>(origin.unknownQuestions)),
                origin.unknownQuestions);
    }
    if (origin.damagedEntries > 0)
    {
        text += " "
            + Fill(wxPLURAL("One of its answers is damaged and counts as not given.",
                       "{0} of its answers are damaged and count as not given.",
                       static_cast<unsigned>(origin.damagedEntries)),
                origin.damagedEntries);
    }
    return text;
}

void WizardFrame::OnRecords()
{
    ShowState();
}

void WizardFrame::ShowState()
{
    const Words& words = m_session->InWords();
    const WizardModel& model = m_session->Model();
    std::vector<ReportList::Line> lines{{kStartIcon, {_("What is going wrong?"), {}}}};
    for (const Section* section : m_session->Pages())
    {
        const SectionSummary summary = model.Summary(*section);
        lines.push_back(
            {ListIcon(summary.state), {words.Section(section->id), SummaryWords(summary, words)}});
    }
    const std::size_t left = model.ProblemsNow();
    lines.push_back({kResultIcon,
        {_("Result"),
            left == 0 ? wxString()
                      : Fill(wxPLURAL("{0} problem", "{0} problems", static_cast<unsigned>(left)), left)}});
    if (m_changes != nullptr)
    {
        const std::size_t made = m_session->Journal().size();
        lines.push_back({kResultIcon,
            {_("Changes"),
                made == 0 ? wxString()
                          : Fill(wxPLURAL("{0} repair", "{0} repairs", static_cast<unsigned>(made)), made)}});
    }
    m_selecting = true;
    m_pages->SetLines(lines);
    m_pages->SelectLine(m_navigation.Current());
    m_selecting = false;

    const std::size_t all = AllRootCauses().size();
    const std::size_t open = model.Checking();
    const bool reading = m_session->IsReadingRecords();
    const bool checking = open > 0 || reading;
    const wxString progress = m_closeWhenDone ? _("The window closes as soon as nothing is left half done.")
        : open > 0                            ? Fill(_("{0} of {1} checks are still running."), open, all)
        : reading ? Fill(_("The records of this server are being read: {0} %."), m_session->RecordsPercent())
        : model.Checked() < all
        ? Fill(_("{0} of {1} checks were made. F5 checks again."), model.Checked(), all)
        : _("All checks are done. F5 checks again.");
    if (m_progressText->GetLabel() != progress)
    {
        m_progressText->SetLabel(progress);
    }
    m_progress->SetRange(static_cast<int>(std::max<std::size_t>(all, 1)));
    m_progress->SetValue(static_cast<int>(all - std::min(open, all)));
    m_progress->Show(checking);
    m_stop->Show(checking);
    m_back->Enable(m_navigation.CanGoBack());
    m_next->Enable(m_navigation.CanGoNext());
    m_stop->GetParent()->Layout();
}

void WizardFrame::ShowPage()
{
    m_book->ChangeSelection(m_navigation.Current());
    if (SectionPage* section = CurrentSection())
    {
        section->OnShown();
    }
    else if (m_navigation.Current() == ResultIndex())
    {
        m_result->OnShown();
    }
    else if (m_changes != nullptr && m_navigation.Current() == ChangesIndex())
    {
        m_changes->OnShown();
    }
    ShowState();
}

SectionPage* WizardFrame::CurrentSection() const
{
    const std::size_t page = m_navigation.Current();
    return page == 0 || page > m_sections.size() ? nullptr : m_sections[page - 1];
}

void WizardFrame::GoTo(std::size_t page)
{
    if (page != m_navigation.Current())
    {
        m_navigation.GoTo(page);
        ShowPage();
    }
}

void WizardFrame::GoNext()
{
    const bool chosen = m_navigation.Current() == 0 && m_start->FollowChoice();
    if (!chosen && m_navigation.CanGoNext())
    {
        m_navigation.GoNext();
        ShowPage();
    }
}

void WizardFrame::GoBack()
{
    if (m_navigation.CanGoBack())
    {
        m_navigation.GoBack();
        ShowPage();
    }
}

void WizardFrame::GoToSection(const Section& section, const RootCause* cause)
{
    const auto& sections = m_session->Pages();
    const auto found = std::ranges::find(sections, &section);
    if (found == sections.end())
    {
        return;
    }
    const auto index = static_cast<std::size_t>(found - sections.begin());
    GoTo(index + 1);
    if (cause != nullptr)
    {
        m_sections[index]->SelectRow(*cause);
    }
}

void WizardFrame::GoToSymptom(const SymptomChoice& symptom)
{
    const std::size_t place = m_session->SymptomPlace();
    // Its page must not be the one that is shown when it goes.
    GoTo(0);
    if (m_session->Symptom() == nullptr)
    {
        m_navigation.InsertPage(place + 1);
    }
    else
    {
        m_sections.erase(m_sections.begin() + static_cast<std::ptrdiff_t>(place));
        m_book->DeletePage(place + 1);
    }
    m_session->SetSymptom(symptom);
    auto* page = new SectionPage(m_book, *m_session, *this, m_session->Symptom()->AsSection());
    m_sections.insert(m_sections.begin() + static_cast<std::ptrdiff_t>(place), page);
    m_book->InsertPage(place + 1, page, {});
    GoTo(place + 1);
}

void WizardFrame::GoToResult()
{
    GoTo(ResultIndex());
}

void WizardFrame::GoToChanges()
{
    if (m_changes != nullptr)
    {
        GoTo(ChangesIndex());
    }
}

void WizardFrame::OpenSupportFile()
{
    wxFileDialog dialog(this, _("Open a support bundle or plan"), {}, {},
        _("Support bundles and plans (*.xml)|*.xml|All files|*.*"), wxFD_OPEN | wxFD_FILE_MUST_EXIST);
    if (m_opening || dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    m_opening = true;
    const std::string path = FromWx(dialog.GetPath());
    InBackground(
        m_life, [host = m_session->SharedHost(), path] { return ReadSupportFile(*host, path); },
        [this, path](const OpenedFile& opened) { OnRead(path, opened); });
}

/// Asks first, because a file is dropped in the wrong place more easily than it is chosen. What a program
/// without rights hands to one with an administrator's is not opened at all.
void WizardFrame::OnDropped(const std::string& path)
{
    if (m_opening || path.empty() || !IsEnabled())
    {
        return;
    }
    wxMessageDialog question(
        this, Fill(_("Open {0}?"), ForReading(path)), GetTitle(), wxOK | wxCANCEL | wxICON_QUESTION);
    question.SetExtendedMessage(
        _("It is shown instead of what this window shows now. Nothing on this server is changed."));
    // TRANSLATORS: The button that opens a file.
    question.SetOKCancelLabels(_("Open"), _("Cancel"));
    if (question.ShowModal() != wxID_OK)
    {
        return;
    }
    m_opening = true;
    InBackground(
        m_life,
        [host = m_session->SharedHost(), path]() -> std::optional<OpenedFile> {
            return host->SharesRightsWithDesktop() ? std::optional(ReadSupportFile(*host, path))
                                                   : std::nullopt;
        },
        [this, path](const std::optional<OpenedFile>& opened) {
            if (opened)
            {
                OnRead(path, *opened);
                return;
            }
            m_opening = false;
            wxMessageDialog message(this,
                _("This window has administrator rights, so it takes no files that are dropped on it."),
                GetTitle(), wxOK | wxICON_INFORMATION);
            message.SetExtendedMessage(
                _("Start the program without them and drop the file there. If you trust where the file comes "
                  "from, you can also choose it with the button on the first page."));
            message.ShowModal();
        });
}

void WizardFrame::OnRead(const std::string& path, const OpenedFile& opened)
{
    m_opening = false;
    WizardOptions options;
    options.language = m_session->InWords().In();
    if (const auto* fault = std::get_if<OpenFault>(&opened))
    {
        TellNotOpened(this, path, *fault);
    }
    else if (const auto* plan = std::get_if<SupportPlan>(&opened))
    {
        // On what is shown: this server, or the recording.
        WizardSubject subject = m_session->WhatIsLookedAt();
        subject.plan = std::make_shared<PlanPage>(*plan);
        options.cloud = m_session->Options().cloud;
        options.credentials = m_session->Options().credentials;
        options.agentProxy = m_session->Options().agentProxy;
        ShowInstead(std::move(subject), std::move(options));
    }
    else
    {
        ShowInstead(WizardSubject(std::get<OpenedRecording>(opened)), std::move(options));
    }
}

void WizardFrame::ShowInstead(WizardSubject subject, WizardOptions options)
{
    Open(std::make_unique<WizardSession>(
        m_session->SharedHost(), std::move(subject), std::move(options), m_session->InWords()));
    Close();
}

void WizardFrame::GoToCode()
{
    wxTextEntryDialog dialog(this, _("&Step code, for example S-3:"), _("Go to a check"));
    if (dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    const std::string code(Trim(FromWx(dialog.GetValue())));
    const auto causes = ResolveSelector(code);
    if (causes.empty())
    {
        wxMessageDialog(this, Fill(_("There is no check with the code {0}."), code), _("Go to a check"),
            wxOK | wxICON_INFORMATION)
            .ShowModal();
        return;
    }
    if (const Section* section = FindSection(causes.front()->SectionId()))
    {
        GoToSection(*section, causes.front());
    }
}

void WizardFrame::CheckAgain()
{
    if (SectionPage* section = CurrentSection())
    {
        section->CheckAgain();
    }
    else
    {
        m_session->CheckEverything();
    }
}

void WizardFrame::PreviewRepair(const RootCause& cause)
{
    if (cause.needsFolder && !m_session->IsRecording())
    {
        wxDirDialog folder(this, _("Choose the folder with the good files, copied from a healthy server"), {},
            wxDD_DEFAULT_STYLE | wxDD_DIR_MUST_EXIST);
        if (folder.ShowModal() != wxID_OK)
        {
            return;
        }
        m_session->SetFromFolder(FromWx(folder.GetPath()));
    }
    bool changed = false;
    bool elevate = false;
    bool stopped = false;
    {
        RepairDialog dialog(this, *m_session, cause);
        m_repair = &dialog;
        dialog.ShowModal();
        m_repair = nullptr;
        changed = dialog.HasChanged();
        elevate = dialog.WantsAdministrator();
        stopped = dialog.HasLeftServiceStopped();
    }
    if (changed)
    {
        m_session->OnChanged(cause);
    }
    if (stopped)
    {
        m_session->CheckEverything();
    }
    if (elevate)
    {
        ContinueAsAdministrator(&cause);
    }
    if (m_closeWhenDone)
    {
        Close();
    }
}

void WizardFrame::ContinueAsAdministrator(const RootCause* cause)
{
    if (m_elevating)
    {
        return;
    }
    WizardOptions options = m_session->Options();
    options.language = m_session->InWords().In();
    const Given& given = m_session->WhatWasGiven();
    options.dataBytes = given.dataBytes;
    options.offlineSeeding = given.offlineSeeding;
    options.agentProxy = given.agentProxy;
    // Not for the page of a plan: that is where the steps lead anyway.
    const SectionPage* section = CurrentSection();
    options.section = section != nullptr && FindSection(section->Shows().id) != nullptr
        ? std::string(section->Shows().id)
        : std::string();
    options.check = cause == nullptr ? std::string() : std::string(cause->id);
    options.symptom = m_session->Symptom() == nullptr ? std::string() : m_session->Symptom()->Symptom();
    options.steps = m_session->Plan() == nullptr ? std::vector<std::string>() : m_session->Plan()->Ids();
    options.forUser = m_session->Context() ? m_session->Context()->userSid : std::string();
    m_elevating = true;
    InBackground(
        m_life,
        [host = m_session->SharedHost(), options, owner = AskingWindow(GetHandle())]() mutable {
            options.credentials = host->ForElevatedCopy(options.credentials);
            return host->RestartElevated(ElevatedArguments(options), owner);
        },
        [this](const Status& started) { OnElevated(started); });
}

void WizardFrame::OnElevated(const Status& started)
{
    m_elevating = false;
    if (started)
    {
        Close();
        return;
    }
    const StartFailure why = WhyNotStarted(started.Error().code);
    if (why == StartFailure::kPersonSaidNo)
    {
        return;
    }
    wxMessageDialog message(
        this, _("The program could not be started as administrator."), GetTitle(), wxOK | wxICON_INFORMATION);
    message.SetExtendedMessage(m_session->InWords().Code(started.Error().code)
        + (why == StartFailure::kNotFound ? "\n\n"
                    + _("If it lies on a network drive, copy it into a folder of this server and start it "
                        "there.")
                                          : wxString()));
    message.ShowModal();
}

void WizardFrame::OpenTool(const std::string& tool)
{
    InBackground(
        m_life,
        [host = m_session->SharedHost(), tool, places = m_session->Places(),
            owner = AskingWindow(GetHandle())] { return host->OpenTool(tool, places, owner); },
        [this](const Status& opened) {
            if (!opened)
            {
                TellToolFailed(opened.Error());
            }
        });
}

void WizardFrame::TellToolFailed(const Failure& why)
{
    if (WhyNotStarted(why.code) == StartFailure::kPersonSaidNo)
    {
        return;
    }
    wxMessageDialog message(this, _("It could not be opened. The step says where to find it."), GetTitle(),
        wxOK | wxICON_INFORMATION);
    message.SetExtendedMessage(m_session->InWords().Code(why.code));
    message.ShowModal();
}

void WizardFrame::OpenLink(const std::string& url)
{
    InBackground(
        m_life, [host = m_session->SharedHost(), url] { return host->OpenLink(url); },
        [this, url](const Status& opened) {
            if (!opened)
            {
                CopyToClipboard(ToWx(url));
                wxMessageDialog message(this,
                    _("The page cannot be opened from here. Its address was copied:"), GetTitle(),
                    wxOK | wxICON_INFORMATION);
                message.SetExtendedMessage(ToWx(url));
                message.ShowModal();
            }
        });
}

void WizardFrame::CopyToClipboard(const wxString& text)
{
    const wxClipboardLocker lock;
    if (!!lock)
    {
        wxTheClipboard->SetData(new wxTextDataObject(text));
        wxTheClipboard->Flush();
        m_progressText->SetLabel(_("Copied."));
    }
}

} // namespace mars
