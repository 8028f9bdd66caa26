// SPDX-License-Identifier: MIT
#include "repair_dialog.h"

#include "change_text.h"
#include "control_ids.h"
#include "layout.h"
#include "reading.h"
#include "repair_text.h"
#include "text_block.h"

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/gauge.h>
#include <wx/intl.h>
#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/statline.h>
#include <wx/stattext.h>

#include <algorithm>

namespace mars
{

namespace
{

constexpr int kTick = 100;
constexpr int kGaugeRange = 1'000;

RepairOptions Options(bool evenIfBusyUnknown)
{
    RepairOptions options;
    options.context = "wizard";
    options.evenIfBusyUnknown = evenIfBusyUnknown;
    return options;
}

} // namespace

RepairDialog::RepairDialog(wxWindow* parent, WizardSession& session, const RootCause& cause)
    : wxDialog(parent, wxID_ANY, _("Repair"), wxDefaultPosition, wxDefaultSize,
        wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER | wxMAXIMIZE_BOX),
      m_session(session), m_cause(cause), m_timer(this)
{
    SetName("repair");
    Build();
    SetMinSize(FromDIP(dip::kSmallestDialog));
    SetSize(FromDIP(dip::kDialog));
    CentreOnParent();
    Bind(wxEVT_TIMER, &RepairDialog::OnTimer, this);
    Bind(wxEVT_CLOSE_WINDOW, &RepairDialog::OnClose, this);
    Bind(wxEVT_CHAR_HOOK, &RepairDialog::OnKey, this);
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        Layout();
        LayoutWithText(m_scrolled);
    });
    ShowPlanning();
    MakePlan();
}

RepairDialog::~RepairDialog()
{
    m_stop.request_stop();
}

void RepairDialog::Build()
{
    auto* column = new wxBoxSizer(wxVERTICAL);
    m_heading = new TextBlock(this, kIdPreviewHeading, "repair_heading");
    MakeBold(m_heading, 1.2);
    column->Add(m_heading, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));

    m_scrolled = new wxScrolledWindow(
        this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxBORDER_THEME | wxTAB_TRAVERSAL);
    m_scrolled->SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW));
    m_scrolled->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT));
    m_scrolled->SetScrollRate(0, GetCharHeight());
    auto* inner = new wxBoxSizer(wxVERTICAL);
    m_body = new TextBlock(m_scrolled, kIdPreviewChanges, "repair_changes");
    inner->Add(m_body, wxSizerFlags().Expand().Border(wxALL, Margin(this)));
    m_notes = new TextBlock(m_scrolled, kIdPreviewNotes, "repair_notes");
    inner->Add(m_notes, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, Margin(this)));
    m_scrolled->SetSizer(inner);
    column->Add(m_scrolled, wxSizerFlags(1).Expand());

    BuildChoices(*column);
    m_noJobRuns =
        new wxCheckBox(this, kIdNoJobRuns, _("I know that &no backup or restore is running on this server"));
    m_noJobRuns->SetName("no_job_runs");
    column->Add(m_noJobRuns, wxSizerFlags().Border(wxTOP, Gap(this)));
    m_progressText = new wxStaticText(this, kIdRepairProgressText, {}, wxDefaultPosition, wxDefaultSize,
        wxST_NO_AUTORESIZE | wxST_ELLIPSIZE_MIDDLE);
    m_progressText->SetName("repair_progress_text");
    column->Add(m_progressText, wxSizerFlags().Expand().Border(wxTOP, Gap(this)));
    m_gauge = new wxGauge(this, kIdRepairProgress, kGaugeRange);
    m_gauge->SetName("repair_progress");
    column->Add(m_gauge, wxSizerFlags().Expand().Border(wxTOP, Gap(this) / 2));

    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    buttons->AddStretchSpacer();
    const auto add = [&](int id, const wxString& name, auto onClick) {
        auto* button = new wxButton(this, id);
        button->SetName(name);
        button->Bind(wxEVT_BUTTON, [onClick](wxCommandEvent&) { onClick(); });
        buttons->Add(button, wxSizerFlags().Border(wxLEFT, Gap(this)));
        return button;
    };
    m_verb = add(kIdApply, "apply", [this] { OnVerb(); });
    m_verb->SetAuthNeeded();
    m_stopButton = add(kIdRepairStop, "repair_stop", [this] { m_session.StopChanging(); });
    m_stopButton->SetLabel(_("&Stop"));
    m_leave = add(kIdCancel, "leave", [this] { OnLeave(); });
    column->Add(buttons, wxSizerFlags().Expand().Border(wxTOP, Margin(this)));
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, Margin(this)));
    SetSizer(outer);
}

void RepairDialog::BuildChoices(wxSizer& column)
{
    for (std::size_t i = 0; i < m_cause.choices.size(); ++i)
    {
        const std::string word(m_cause.choices[i]);
        auto* box = new wxCheckBox(
            this, kIdFirstChoice + static_cast<int>(i), m_session.InWords().Text("choice." + word));
        box->SetName(ToWx("choice_" + word));
        box->Bind(wxEVT_CHECKBOX, [this, i](wxCommandEvent&) { OnChoice(i); });
        column.Add(box, wxSizerFlags().Border(wxTOP, Gap(this)));
        m_choices.push_back(box);
    }
}

/// Another choice is another plan.
void RepairDialog::OnChoice(std::size_t chosen)
{
    for (std::size_t i = 0; i < m_choices.size(); ++i)
    {
        m_choices[i]->SetValue(i == chosen && m_choices[i]->GetValue());
    }
    ShowPlanning();
    MakePlan();
}

Given RepairDialog::WhatWasGiven() const
{
    Given given = m_session.WhatWasGiven();
    for (std::size_t i = 0; i < m_choices.size(); ++i)
    {
        if (m_choices[i]->GetValue())
        {
            given.choice = m_cause.choices[i];
        }
    }
    return given;
}

void RepairDialog::ShowScene(const Scene& scene)
{
    const wxWindowUpdateLocker locker(this);
    m_heading->SetText(scene.heading);
    m_body->SetText(scene.body);
    m_notes->SetText(scene.notes);
    m_notes->Show(!scene.notes.empty());
    m_noJobRuns->Show(scene.asksForJobs);
    for (wxCheckBox* choice : m_choices)
    {
        choice->Show(scene.asksForChoice);
    }
    m_progressText->Show(!scene.progress.empty());
    m_progressText->SetLabel(scene.progress);
    m_gauge->Show(!scene.progress.empty());
    m_verb->Show(!scene.verb.empty());
    m_verb->SetLabel(scene.verb);
    m_stopButton->Show(scene.stop);
    m_leave->Show(!scene.leave.empty());
    m_leave->SetLabel(scene.leave);
    for (wxButton* button : {m_verb, m_stopButton, m_leave})
    {
        button->SetMinSize(button->GetBestSize());
    }
    LayoutWithText(this);
    LayoutWithText(m_scrolled);
    // The safe choice has the focus and answers to Enter.
    wxButton* safe = scene.stop ? m_stopButton : m_leave;
    safe->SetDefault();
    safe->SetFocus();
}

void RepairDialog::ShowPlanning()
{
    Scene scene;
    scene.heading = m_session.InWords().Title(m_cause);
    scene.body = _("Looking at how things stand, to plan the repair. Nothing is changed.");
    scene.progress = _("Planning...");
    scene.leave = _("Cancel");
    ShowScene(scene);
    m_timer.Start(kTick);
}

void RepairDialog::MakePlan()
{
    InBackground(
        m_life,
        [engine = m_session.Engine(), cause = &m_cause, given = WhatWasGiven(), stop = m_stop.get_token()] {
            return engine->MakePlan(*cause, given, Options(false), stop);
        },
        [this](const RepairResult& result) {
            m_timer.Stop();
            m_result = result;
            const bool planned = m_result.status == RepairStatus::kPlanned;
            planned ? ShowPlan() : ShowNoPlan();
        });
}

void RepairDialog::ShowPlan()
{
    Scene scene;
    // TRANSLATORS: {0} is the title of a problem.
    scene.heading = Fill(_("Repair: {0}"), FromWx(m_session.InWords().Title(m_cause)));
    scene.body = _("These changes would be made. Nothing was changed yet.") + "\n\n"
        + ChangesText(m_result, false, m_session.InWords());
    scene.notes = PlanNotes(m_result, m_session);
    scene.asksForChoice = true;
    scene.leave = _("Cancel");
    if (m_session.IsRecording())
    {
        scene.leave = _("Close");
    }
    else if (!m_session.IsElevated())
    {
        scene.verb = _("Continue as &administrator");
    }
    else
    {
        scene.verb = ApplyVerb(ChangesOf(m_result));
        scene.asksForJobs =
            m_result.disturbs && (!m_result.activity || m_result.activity->activity == Activity::kUnknown);
    }
    ShowScene(scene);
}

void RepairDialog::ShowNoPlan()
{
    const Words& words = m_session.InWords();
    Scene scene;
    scene.heading = words.Title(m_cause);
    scene.body = words.Text(fmt::format("repair.{}", WordOf(m_result.status)));
    if (m_result.status == RepairStatus::kGuided)
    {
        scene.body =
            _("There is no automatic repair in this situation. The page shows the steps to follow by hand.");
    }
    scene.notes = ToWx(ForReading(ExplainRepair(m_result, words.From(), words.In())));
    scene.asksForChoice = true;
    scene.leave = _("Close");
    ShowScene(scene);
}

void RepairDialog::OnVerb()
{
    if (m_result.status == RepairStatus::kStopped)
    {
        GoOn();
        return;
    }
    if (!m_session.IsElevated())
    {
        m_wantsAdministrator = true;
        EndModal(wxID_OK);
        return;
    }
    if (m_noJobRuns->IsShown() && !m_noJobRuns->GetValue())
    {
        m_notes->SetText(PlanNotes(m_result, m_session) + "\n\n"
            + _("Tick the box below first: only you can tell that no backup or restore is running."));
        LayoutWithText(m_scrolled);
        m_noJobRuns->SetFocus();
        return;
    }
    m_knowsNoJobRuns = m_knowsNoJobRuns || m_noJobRuns->IsShown();
    Apply();
}

void RepairDialog::GoOn()
{
    m_result = PlannedAgain(m_result);
    Apply();
}

void RepairDialog::Apply()
{
    m_applying = true;
    ShowApplying();
    m_timer.Start(kTick);
    const auto progress = m_progress;
    m_session.Change(
        m_life,
        [engine = m_session.Engine(), planned = m_result, given = WhatWasGiven(),
            options = Options(m_knowsNoJobRuns), progress](const std::stop_token& stop) {
            const auto tell = [&](std::size_t step, std::uint64_t done, std::uint64_t total) {
                progress->step = step;
                progress->done = done;
                progress->total = total;
            };
            return engine->Apply(planned, given, options, tell, stop);
        },
        [this](const RepairResult& result) {
            m_timer.Stop();
            m_applying = false;
            m_result = result;
            ShowResult();
        });
}

void RepairDialog::ShowApplying()
{
    Scene scene;
    scene.heading = Fill(_("Repair: {0}"), FromWx(m_session.InWords().Title(m_cause)));
    scene.body = ChangesText(m_result, false, m_session.InWords());
    const UndoExtent extent = HowMuchCanBeUndone(ChangesOf(m_result));
    scene.notes = extent == UndoExtent::kSome || extent == UndoExtent::kNone
        ? _("Stop ends it at once. What cannot be undone and was done by then stays; all else is taken back.")
        : _("Stop leaves nothing half done: what was changed up to then is taken back.");
    scene.progress = _("The changes are being made...");
    scene.stop = true;
    ShowScene(scene);
}

void RepairDialog::ShowResult()
{
    const Words& words = m_session.InWords();
    const bool good = m_result.status == RepairStatus::kApplied && m_result.verified;
    const bool unverified = m_result.status == RepairStatus::kApplied && !m_result.verified;
    Scene scene;
    scene.heading = good ? _("Repaired. The check passes now.")
        : unverified     ? words.Text("repair.not_verified")
                         : ToWx(ForReading(HowRepairStands(m_result, words.From(), words.In())));
    scene.body = ChangesText(m_result, true, m_session.InWords());
    scene.notes = ResultNotes(m_result, m_session.InWords());
    if (m_result.status == RepairStatus::kStopped)
    {
        // TRANSLATORS: A button: does the rest of what was stopped.
        scene.verb = _("&Go on");
    }
    scene.leave = _("Close");
    ShowScene(scene);
}

void RepairDialog::OnLeave()
{
    EndModal(HasChanged() ? wxID_OK : wxID_CANCEL);
}

void RepairDialog::OnTimer(wxTimerEvent&)
{
    if (!m_applying)
    {
        m_gauge->Pulse();
        return;
    }
    const std::size_t steps = std::max<std::size_t>(m_result.steps.size(), 1);
    const std::size_t step = std::min(m_progress->step.load(), steps - 1);
    const std::uint64_t total = m_progress->total;
    const std::uint64_t done = std::min<std::uint64_t>(m_progress->done, total);
    const double inside = total == 0 ? 0 : static_cast<double>(done) / static_cast<double>(total);
    m_gauge->SetValue(
        static_cast<int>((static_cast<double>(step) + inside) * kGaugeRange / static_cast<double>(steps)));
    const std::string sentence =
        ChangeSentence(m_result.steps[step].change, m_session.InWords().From(), m_session.InWords().In());
    wxString text = _("Stopping. What was changed is being taken back...");
    if (!m_session.IsStopping())
    {
        // TRANSLATORS: While a repair is made: step {0} of {1}, {2} is what it does.
        text = total == 0 ? Fill(_("Step {0} of {1}: {2}"), step + 1, steps, sentence)
                          : Fill(_("{0} of {1} files are done."), done, total);
    }
    if (m_progressText->GetLabel() != text)
    {
        m_progressText->SetLabel(text);
    }
}

void RepairDialog::OnClose(wxCloseEvent& event)
{
    if (m_applying && event.CanVeto())
    {
        // Not closed while changes are being made: stopped, and the result is shown.
        m_session.StopChanging();
        event.Veto();
        return;
    }
    OnLeave();
}

void RepairDialog::OnKey(wxKeyEvent& event)
{
    if (event.GetKeyCode() == WXK_ESCAPE)
    {
        Close();
        return;
    }
    event.Skip();
}

} // namespace mars
