// SPDX-License-Identifier: MIT
#include "result_page.h"

#include "bundle_dialog.h"
#include "capture.h"
#include "catalogue.h"
#include "control_ids.h"
#include "formats.h"
#include "icons.h"
#include "json.h"
#include "layout.h"
#include "plan_dialog.h"
#include "reading.h"
#include "report_list.h"
#include "run_document.h"
#include "text_block.h"

#include <wx/button.h>
#include <wx/filedlg.h>
#include <wx/intl.h>
#include <wx/msgdlg.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/wrapsizer.h>

namespace mars
{

namespace
{

/// The one form of a report that is no document.
constexpr std::string_view kJsonWord = "json";
/// Documented way to Microsoft's support.
constexpr const char* kSupportAddress =
    "https://portal.azure.com/?#blade/Microsoft_Azure_Support/HelpAndSupportBlade";

} // namespace

ResultPage::ResultPage(wxWindow* parent, WizardSession& session, WizardActions& actions)
    : wxPanel(parent, wxID_ANY), m_session(session), m_actions(actions)
{
    SetName("page_result");
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* heading = new wxStaticText(this, kIdHeading, _("Result"));
    MakeBold(heading, 1.4);
    column->Add(heading, wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    m_summary = new TextBlock(this, kIdSummary, "summary");
    column->Add(m_summary, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
    BuildComparison(column);
    BuildReport(column);
    SetColumn(this, column);
    m_session.Observe(this);
    ShowState();
}

ResultPage::~ResultPage()
{
    m_session.Forget(this);
}

void ResultPage::BuildComparison(wxSizer* column)
{
    const Words& words = m_session.InWords();
    column->Add(new wxStaticText(this, wxID_ANY, _("&What was found (Enter opens the check):")),
        wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    // TRANSLATORS: Column headings of the comparison of first and present results, and who has to act.
    m_comparison = new ReportList(this, kIdComparison, "comparison",
        {{words.Text("report.code")}, {_("At first")}, {_("Now")}, {words.Text("report.check"), true},
            {_("Whose turn it is")}});
    column->Add(m_comparison, wxSizerFlags(1).Expand());
    m_comparison->Bind(wxEVT_LIST_ITEM_ACTIVATED, [this](wxListEvent&) { GoToSelected(); });
}

void ResultPage::BuildReport(wxSizer* column)
{
    column->Add(new wxStaticText(this, wxID_ANY, _("For the record, or for support:")),
        wxSizerFlags().Border(wxTOP, Margin(this)));
    auto* line = new wxWrapSizer(wxHORIZONTAL);
    AddButton(this, line, kIdSaveReport, "save_report", _("Save the &report..."), [this] { SaveReport(); });
    AddButton(this, line, kIdCopyReport, "copy_report", _("&Copy the report"), [this] { CopyReport(); });
    AddButton(this, line, kIdSaveBundle, "save_bundle", _("Save a support bun&dle..."), [this] {
        SaveBundle();
    })->Show(!m_session.IsRecording());
    AddButton(this, line, kIdMakePlan, "make_plan", _("Make a &plan..."), [this] { MakePlan(); });
    AddButton(this, line, kIdShowChanges, "show_changes", _("Show what was chan&ged"), [this] {
        ShowChanges();
    })->Show(!m_session.IsRecording());
    AddButton(
        this, line, kIdSupport, "support", _("Contact &Microsoft support"), [this] { ContactSupport(); });
    column->Add(line, wxSizerFlags().Expand());
}

void ResultPage::OnResults()
{
    ShowState();
}

void ResultPage::OnServer()
{
    ShowState();
}

void ResultPage::OnJournal()
{
    ShowState();
}

void ResultPage::OnShown()
{
    ShowState();
    if (m_comparison->GetFirstSelected() < 0 && !m_lines.empty())
    {
        m_comparison->SelectLine(0);
    }
}

Turn ResultPage::TurnOf(const RootCause& cause) const
{
    const CheckResult& result = *m_session.Model().ResultOf(cause);
    return WhoseTurn(result.outcome, m_session.OfferedRepair(result),
        m_session.InWords().From().HasHandoff(cause.id), m_session.IsElevated() || m_session.IsRecording());
}

wxString ResultPage::Summary() const
{
    const WizardModel& model = m_session.Model();
    const std::size_t first = model.ProblemsAtFirst();
    const std::size_t now = model.ProblemsNow();
    wxString text;
    if (m_session.IsChecking())
    {
        text = Fill(wxPLURAL("One check is still running.", "{0} checks are still running.",
                        static_cast<unsigned>(model.Checking())),
                   model.Checking())
            + " ";
    }
    switch (model.CourseOfProblems())
    {
    case Course::kNoneFound:
        text += _("No problem was found.");
        break;
    case Course::kFound:
        text += Fill(
            wxPLURAL("There is one problem.", "There are {0} problems.", static_cast<unsigned>(now)), now);
        break;
    case Course::kSomeLeft:
        text += Fill(wxPLURAL("There was one problem at first.", "There were {0} problems at first.",
                         static_cast<unsigned>(first)),
            first);
        text += " " + Fill(wxPLURAL("One is left.", "{0} are left.", static_cast<unsigned>(now)), now);
        break;
    case Course::kNoneLeft:
        text += Fill(wxPLURAL("There was one problem at first, and none is left.",
                         "There were {0} problems at first, and none is left.", static_cast<unsigned>(first)),
            first);
        break;
    }
    std::size_t forOthers = 0;
    for (const Comparison& line : m_lines)
    {
        forOthers += TurnOf(*line.cause) == Turn::kSomeoneElse ? 1 : 0;
    }
    if (forOthers > 0)
    {
        text += " "
            + Fill(wxPLURAL("One needs somebody else; its page has a text to send.",
                       "{0} need somebody else; their pages have texts to send.",
                       static_cast<unsigned>(forOthers)),
                forOthers);
    }
    return text + RestartSentence(m_session.RepairsThatWaitForRestart(), m_session.InWords());
}

void ResultPage::ShowState()
{
    ShowComparison();
    m_summary->SetText(Summary());
    LayoutWithText(this);
}

void ResultPage::ShowComparison()
{
    const Words& words = m_session.InWords();
    m_lines = m_session.Model().BeforeAndAfter();
    std::vector<ReportList::Line> lines;
    for (const Comparison& line : m_lines)
    {
        lines.push_back({ListIcon(line.now),
            {ToWx(line.cause->code), words.State(line.before), words.State(line.now),
                words.Headline(*line.cause, m_session.Model().ResultOf(*line.cause)),
                words.WhoseTurn(TurnOf(*line.cause))}});
    }
    m_comparison->SetLines(lines);
}

void ResultPage::GoToSelected()
{
    const long selected = m_comparison->GetFirstSelected();
    if (selected >= 0 && static_cast<std::size_t>(selected) < m_lines.size())
    {
        const RootCause& cause = *m_lines[static_cast<std::size_t>(selected)].cause;
        if (const Section* section = FindSection(cause.SectionId()))
        {
            m_actions.GoToSection(*section, &cause);
        }
    }
}

wxString ResultPage::Name(const char* ending) const
{
    const std::string& server = m_session.Report().machine.name;
    const std::string name = server.empty() ? "mars-report" : "mars-report-" + server;
    return ToWx(name) + ending;
}

void ResultPage::SaveReport()
{
    wxFileDialog dialog(this, _("Save the report"), {}, Name(".html"),
        _("Web page (*.html)|*.html|Markdown (*.md)|*.md|JSON (*.json)|*.json|Text (*.txt)|*.txt"),
        wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
    if (dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    // In the order of the dialog's list.
    constexpr std::array<std::string_view, 4> kFormats{"html", "markdown", kJsonWord, "text"};
    const auto chosen = static_cast<std::size_t>(std::clamp(dialog.GetFilterIndex(), 0, 3));
    WriteFile(FromWx(dialog.GetPath()), ReportAs(kFormats[chosen]));
}

void ResultPage::CopyReport()
{
    m_actions.CopyToClipboard(ToWx(ReportAs("text")));
}

std::string ResultPage::ReportAs(std::string_view format) const
{
    const Words& words = m_session.InWords();
    const RunReport& report = m_session.Report();
    if (format == kJsonWord)
    {
        return RunJson(report, words.From(), words.In());
    }
    const auto document = [&](Language language) { return RunDocument(report, words.From(), language); };
    return FormatNamed(format).write(document, words.In());
}

void ResultPage::SaveBundle()
{
    const auto pass = m_session.LastPass();
    if (pass == nullptr)
    {
        return;
    }
    InBackground(
        m_life,
        [pass, later = m_session.PassesOfAnswers(), subject = m_session.WhatIsLookedAt(),
            checks = m_session.Report().checks] {
            RecordedMachine recorded(pass->WhatWasRecorded());
            for (const auto& more : later)
            {
                recorded = Together(recorded, more->WhatWasRecorded());
            }
            recorded = Together(recorded, RecordPreviews(subject.machine, subject.given, checks));
            return MakeSupportBundle(recorded, subject.given, true);
        },
        [this](const SupportBundle& bundle) { OfferBundle(bundle); });
}

void ResultPage::OfferBundle(const SupportBundle& bundle)
{
    BundleDialog preview(this, bundle, m_session.InWords());
    if (preview.ShowModal() != wxID_OK)
    {
        return;
    }
    wxFileDialog dialog(this, _("Save the support bundle"), {}, "mars-support.xml",
        _("Recording (*.xml)|*.xml"), wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
    if (dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    const std::string path = FromWx(dialog.GetPath());
    const std::string names = path + ".names.xml";
    // In this order no real names stay behind for a recording that there is not.
    if (WriteFile(path, bundle.recording) && WriteFile(names, bundle.names))
    {
        wxMessageDialog message(this, Fill(_("The support bundle is in {0}"), ForReading(path)),
            _("Support bundle"), wxOK | wxICON_INFORMATION);
        message.SetExtendedMessage(
            Fill(_("Names were replaced in it. The key to them is in {0}; keep that file to yourself."),
                ForReading(names)));
        message.ShowModal();
    }
}

void ResultPage::MakePlan()
{
    PlanDialog draft(this, m_session);
    if (draft.ShowModal() != wxID_OK)
    {
        return;
    }
    wxFileDialog dialog(this, _("Save the plan"), {}, "mars-plan.xml", _("Support plan (*.xml)|*.xml"),
        wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
    if (dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    const std::string path = FromWx(dialog.GetPath());
    if (WriteFile(path, FormatSupportPlan(draft.Plan())))
    {
        wxMessageDialog message(this, Fill(_("The plan is in {0}"), ForReading(path)), _("Support plan"),
            wxOK | wxICON_INFORMATION);
        message.SetExtendedMessage(_("Send it to the person at the server. There it is opened with the "
                                     "button on the first page; where "
                                     "the wizard was not started as administrator, it can also be dropped on "
                                     "the window. It holds step "
                                     "codes and your notes, and nothing else."));
        message.ShowModal();
    }
}

void ResultPage::ShowChanges()
{
    m_actions.GoToChanges();
}

bool ResultPage::WriteFile(const std::string& path, const std::string& bytes)
{
    const Status written = m_session.Host().WriteFile(path, bytes);
    if (!written)
    {
        wxMessageDialog message(
            this, Fill(_("{0} could not be written."), ForReading(path)), _("Save"), wxOK | wxICON_ERROR);
        message.SetExtendedMessage(m_session.InWords().Code(written.Error().code));
        message.ShowModal();
    }
    return written.Ok();
}

void ResultPage::ContactSupport()
{
    m_actions.OpenLink(kSupportAddress);
}

} // namespace mars
