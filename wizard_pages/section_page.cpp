// SPDX-License-Identifier: MIT
#include "section_page.h"

#include "answers_panel.h"
#include "control_ids.h"
#include "details_panel.h"
#include "icons.h"
#include "layout.h"
#include "reading.h"
#include "report_list.h"
#include "version.h"

#include <wx/button.h>
#include <wx/filedlg.h>
#include <wx/intl.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/wrapsizer.h>

namespace mars
{

namespace
{

/// Null where the page is one of the catalogue.
const PlanPage* PlanOf(const WizardSession& session, const Section& section)
{
    const PlanPage* plan = session.Plan();
    return plan != nullptr && &plan->AsSection() == &section ? plan : nullptr;
}

wxString HeadingOf(const WizardSession& session, const Section& section)
{
    return section.id == SymptomPage::kId ? ToWx(session.Symptom()->Words())
                                          : session.InWords().Section(section.id);
}

} // namespace

SectionPage::SectionPage(
    wxWindow* parent, WizardSession& session, WizardActions& actions, const Section& section)
    : wxPanel(parent, wxID_ANY), m_session(session), m_actions(actions), m_section(section),
      m_plan(PlanOf(session, section))
{
    SetName("page_" + ToWx(section.id));
    auto* column = new wxBoxSizer(wxVERTICAL);
    m_heading = new wxStaticText(this, kIdHeading, HeadingOf(session, section));
    MakeBold(m_heading, 1.4);
    column->Add(m_heading, wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    m_summary = new TextBlock(this, kIdSummary, "summary");
    column->Add(m_summary, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
    if (m_plan != nullptr)
    {
        BuildPlan(column);
    }
    if (section.id == "credentials" && !m_session.IsRecording())
    {
        BuildCredentials(column);
    }
    if (AnswersPanel::HasQuestions(section) && !m_session.IsRecording())
    {
        m_answers = new AnswersPanel(this, session, section);
        column->Add(m_answers, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
    }
    column->Add(new wxStaticText(this, wxID_ANY, _("Chec&ks on this page:")),
        wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    const Words& words = session.InWords();
    std::vector<ReportList::Column> columns{
        {words.Text("report.code")}, {words.Text("report.result")}, {words.Text("report.check"), true}};
    if (m_plan != nullptr)
    {
        // TRANSLATORS: Column heading of a support plan: which step is first, second ...
        columns.insert(columns.begin(), {_("Order")});
    }
    m_list = new ReportList(this, kIdRows, "rows", std::move(columns));
    column->Add(m_list, wxSizerFlags(2).Expand());
    m_details = new DetailsPanel(this, session.InWords(), actions, session.IsRecording());
    column->Add(m_details, wxSizerFlags(3).Expand().Border(wxTOP, Gap(this)));
    BuildActions(column);
    SetColumn(this, column);
    m_list->Bind(wxEVT_LIST_ITEM_SELECTED, &SectionPage::OnSelected, this);
    m_session.Observe(this);
    ShowState();
}

SectionPage::~SectionPage()
{
    m_session.Forget(this);
}

void SectionPage::BuildPlan(wxSizer* column)
{
    const Words& words = m_session.InWords();
    wxString text = m_plan->LacksNotes()
        ? _("The notes of the plan were left behind when the program was started as administrator: it opens "
            "no "
            "file then. Read them in the plan's file, or without administrator rights.")
        : Fill(_("The plan was made on {0}."), FormatFact(m_plan->Plan().made, words.In()));
    text += " " + _("Take the steps in this order. Each shows what this program found on this server.");
    column->Add(new TextBlock(this, wxID_ANY, "plan_summary", text),
        wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
}

void SectionPage::BuildCredentials(wxSizer* column)
{
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    m_credentials = new TextBlock(this, wxID_ANY, "credentials_file");
    line->Add(m_credentials, wxSizerFlags(1).CentreVertical());
    auto* choose = new wxButton(this, kIdChooseCredentials, _("Choose the &file..."));
    choose->SetName("choose_credentials");
    choose->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { ChooseCredentials(); });
    line->Add(choose, wxSizerFlags().CentreVertical().Border(wxLEFT, Gap(this)));
    column->Add(line, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
}

void SectionPage::BuildActions(wxSizer* column)
{
    auto* line = new wxWrapSizer(wxHORIZONTAL);
    m_repair = AddButton(this, line, kIdRepair, "preview_repair", _("&Preview the repair..."), [this] {
        if (const RootCause* cause = SelectedRow())
        {
            m_actions.PreviewRepair(*cause);
        }
    });
    m_repair->SetAuthNeeded();
    m_checkAgain = AddButton(this, line, kIdCheckAgain, "check_again", _("Check a&gain"), [this] {
        if (const RootCause* cause = SelectedRow())
        {
            m_session.Check({cause});
        }
    });
    m_copy = AddButton(
        this, line, kIdCopyRow, "copy_row", _("&Copy"), [this] { m_actions.CopyToClipboard(TextToCopy()); });
    m_technicalSwitch =
        AddButton(this, line, kIdTechnicalSwitch, "technical_switch", _("Show &technical details"), [this] {
            m_technical = !m_technical;
            ShowDetails();
            if (m_technical)
            {
                m_details->ScrollToTechnical();
            }
        });
    column->Add(line, wxSizerFlags().Expand());
}

void SectionPage::OnResults()
{
    ShowState();
}

void SectionPage::OnServer()
{
    ShowCredentials();
    if (m_answers != nullptr)
    {
        m_answers->ShowAnswers();
    }
    // The boot time decides whether a restart is still due.
    ShowSummary();
    ShowDetails();
}

void SectionPage::OnJournal()
{
    ShowSummary();
}

void SectionPage::OnShown()
{
    SelectFirstRow();
    ShowState();
    // A size that came while another page was in front was not for this one.
    LayoutWithText(this);
}

void SectionPage::CheckAgain()
{
    m_session.Check(m_session.Model().RootCausesOf(m_section));
}

void SectionPage::ShowState()
{
    ShowSummary();
    ShowRows();
    ShowCredentials();
    if (m_session.Model().Summary(m_section).checking == 0)
    {
        SelectFirstRow();
    }
    ShowDetails();
}

void SectionPage::ShowSummary()
{
    const SectionSummary summary = m_session.Model().Summary(m_section);
    m_summary->SetText(SummarySentence(summary) + ClosingAdvice(summary));
    LayoutWithText(this);
}

void SectionPage::ShowRows()
{
    m_rows = m_session.Model().Rows(m_section);
    const Words& words = m_session.InWords();
    std::vector<ReportList::Line> lines;
    for (const Row& row : m_rows)
    {
        const CheckResult* result =
            row.state == RowState::kChecking ? nullptr : m_session.Model().ResultOf(*row.cause);
        std::vector<wxString> cells{
            ToWx(row.code), words.State(row.state), words.Headline(*row.cause, result)};
        if (m_plan != nullptr)
        {
            cells.insert(cells.begin(), wxString::Format("%zu", lines.size() + 1));
        }
        lines.push_back({ListIcon(row.state), std::move(cells)});
    }
    m_selecting = true;
    m_list->SetLines(lines);
    if (m_list->GetFirstSelected() < 0)
    {
        m_list->SelectLine(0);
    }
    m_selecting = false;
}

void SectionPage::ShowDetails()
{
    const RootCause* cause = SelectedRow();
    std::optional<RowView> view;
    if (cause != nullptr)
    {
        const Words& words = m_session.InWords();
        const auto number = static_cast<std::size_t>(m_list->GetFirstSelected());
        const Row& row = m_rows[number];
        view = MakeRowView(row, m_session.Model().ResultOf(*cause),
            {words.From(), words.In(), m_session.Context(), m_session.OfferFor(*cause),
                m_session.IsRecording()});
        if (m_plan != nullptr)
        {
            view->asked = {number + 1, m_rows.size(), m_plan->Plan().steps.at(number).note};
        }
    }
    m_details->ShowRow(view, m_technical);
    const bool repairable = view && view->repairable;
    const bool sameButtons = m_repair->IsShown() == repairable;
    m_repair->Show(repairable);
    m_checkAgain->Enable(view && view->state != RowState::kChecking);
    m_copy->Enable(view.has_value());
    m_technicalSwitch->Enable(view.has_value());
    m_technicalSwitch->SetLabel(m_technical ? _("Hide &technical details") : _("Show &technical details"));
    if (!sameButtons)
    {
        LayoutWithText(this);
    }
}

/// What the documentation asks for when the problems of some pages are repaired: it stays to be read when
/// they are. And the restart that a repair of this page needs, until it has happened.
wxString SectionPage::ClosingAdvice(const SectionSummary& summary) const
{
    const Words& words = m_session.InWords();
    const std::string id = "closing." + std::string(m_section.id);
    const bool hasBeenWrong = summary.problems > 0 || m_session.Model().HadProblem(m_section);
    wxString advice = hasBeenWrong && words.From().HasText(id) ? " " + words.Text(id) : wxString();
    auto waiting = m_session.RepairsThatWaitForRestart();
    const auto shown = m_session.Model().RootCausesOf(m_section);
    std::erase_if(
        waiting, [&](const RootCause* cause) { return std::ranges::find(shown, cause) == shown.end(); });
    return advice + RestartSentence(waiting, words);
}

void SectionPage::ShowCredentials()
{
    if (m_credentials == nullptr)
    {
        return;
    }
    if (!m_session.NotOpened().empty())
    {
        m_credentials->SetText(Fill(
            _("Vault credentials file: {0} is not opened with an administrator's rights, because it is not "
              "on "
              "a drive of this server or a link leads to it. Copy it to a local folder of this server and "
              "choose it here."),
            ForReading(m_session.NotOpened())));
        return;
    }
    const std::string& path = m_session.WhatWasGiven().credentialsFile;
    m_credentials->SetText(path.empty()
            ? _("Vault credentials file: the newest one in this user's Downloads, Desktop and "
                "Documents folders.")
            : Fill(_("Vault credentials file: {0}"), path));
}

void SectionPage::ChooseCredentials()
{
    wxFileDialog dialog(this, _("Choose the vault credentials file"), {}, {},
        _("Vault credentials (*.VaultCredentials)|*.VaultCredentials|All files|*.*"),
        wxFD_OPEN | wxFD_FILE_MUST_EXIST);
    if (dialog.ShowModal() == wxID_OK)
    {
        m_session.SetCredentialsFile(FromWx(dialog.GetPath()));
    }
}

wxString SectionPage::TextToCopy() const
{
    const Words& words = m_session.InWords();
    const std::string& name = m_session.ServerName();
    // TRANSLATORS: Ends a text that is copied: {0} the server's name, {1} a time, {2} a version of this
    // program.
    return m_details->AsText()
        + Fill(_("Server: {0}. Checked on {1} by Azure Backup (MARS) Troubleshooter {2}."),
            name.empty() ? FromWx(words.Text("word.unknown")) : ForReading(name),
            FormatFact(m_session.LookedAt(), words.In()), kToolVersion)
        + "\n";
}

const RootCause* SectionPage::SelectedRow() const
{
    const long selected = m_list->GetFirstSelected();
    return selected < 0 || static_cast<std::size_t>(selected) >= m_rows.size()
        ? nullptr
        : m_rows[static_cast<std::size_t>(selected)].cause;
}

void SectionPage::SelectRow(const RootCause& cause)
{
    const auto found = std::ranges::find(m_rows, &cause, &Row::cause);
    if (found != m_rows.end())
    {
        m_chosen = true;
        m_list->SelectLine(static_cast<std::size_t>(found - m_rows.begin()));
        ShowDetails();
        m_list->SetFocus();
    }
}

void SectionPage::SelectFirstRow()
{
    const RootCause* first = m_session.Model().WorstRow(m_section);
    const auto found = m_plan != nullptr ? m_rows.begin() : std::ranges::find(m_rows, first, &Row::cause);
    if (!m_chosen && found != m_rows.end())
    {
        m_selecting = true;
        m_list->SelectLine(static_cast<std::size_t>(found - m_rows.begin()));
        m_selecting = false;
    }
}

void SectionPage::OnSelected(wxListEvent& event)
{
    event.Skip();
    if (!m_selecting)
    {
        m_chosen = true;
        ShowDetails();
    }
}

} // namespace mars
