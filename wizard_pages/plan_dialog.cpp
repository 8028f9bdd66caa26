// SPDX-License-Identifier: MIT
#include "plan_dialog.h"

#include "catalogue.h"
#include "control_ids.h"
#include "icons.h"
#include "layout.h"
#include "reading.h"
#include "report_list.h"
#include "text_block.h"
#include "version.h"

#include <wx/button.h>
#include <wx/intl.h>
#include <wx/msgdlg.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/textdlg.h>
#include <wx/wrapsizer.h>

namespace mars
{

namespace
{

/// A unit of UTF-16 is at most three bytes of UTF-8, so no note that fits here is cut when it is saved.
constexpr std::size_t kLongestNoteInUnits = kLongestNote / 3;

} // namespace

PlanDialog::PlanDialog(wxWindow* parent, const WizardSession& session)
    : wxDialog(parent, wxID_ANY, _("Support plan"), wxDefaultPosition, wxDefaultSize,
        wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER | wxMAXIMIZE_BOX),
      m_session(session), m_draft(session.Model())
{
    SetName("plan");
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(
        new TextBlock(this, wxID_ANY, "plan_introduction",
            _("What somebody at the server is to look at, in this order. Tick the steps of the plan with the "
              "space bar. The file holds their codes and your notes, and nothing of the server.")),
        wxSizerFlags().Expand());
    BuildLines(column);
    BuildNote(column);
    BuildButtons(column);
    SetMinSize(FromDIP(dip::kSmallestDialog));
    SetSize(FromDIP(dip::kLargeDialog));
    CentreOnParent();
    SetColumn(this, column);
    ShowLines();
    if (!m_draft.Lines().empty())
    {
        SelectLine(0);
    }
    m_list->SetFocus();
}

void PlanDialog::BuildLines(wxSizer* column)
{
    const Words& words = m_session.InWords();
    column->Add(new wxStaticText(this, wxID_ANY, _("St&eps:")),
        wxSizerFlags().Border(wxTOP, Gap(this)).Border(wxBOTTOM, Gap(this) / 2));
    // TRANSLATORS: Column heading of a plan: whether somebody wrote a note for the step.
    m_list = new ReportList(this, kIdPlanLines, "plan_lines",
        {{words.Text("report.code")}, {words.Text("report.result")}, {words.Text("report.check"), true},
            {_("Note")}});
    m_list->EnableCheckBoxes();
    column->Add(m_list, wxSizerFlags(3).Expand());
    const auto onTick = [this](wxListEvent& event) {
        if (!m_filling)
        {
            m_draft.Choose(
                static_cast<std::size_t>(event.GetIndex()), m_list->IsItemChecked(event.GetIndex()));
        }
    };
    m_list->Bind(wxEVT_LIST_ITEM_CHECKED, onTick);
    m_list->Bind(wxEVT_LIST_ITEM_UNCHECKED, onTick);
    m_list->Bind(wxEVT_LIST_ITEM_SELECTED, [this](wxListEvent& event) {
        event.Skip();
        if (!m_filling)
        {
            ShowNote();
        }
    });
    auto* line = new wxWrapSizer(wxHORIZONTAL);
    AddButton(this, line, kIdPlanUp, "plan_up", _("Move &up"), [this] { MoveUp(); });
    AddButton(this, line, kIdPlanDown, "plan_down", _("Move &down"), [this] { MoveDown(); });
    AddButton(this, line, kIdPlanAdd, "plan_add", _("&Add a check..."), [this] { AddByCode(); });
    column->Add(line, wxSizerFlags().Expand());
}

void PlanDialog::BuildNote(wxSizer* column)
{
    column->Add(new wxStaticText(this, wxID_ANY, _("&Note for the selected step, plain text:")),
        wxSizerFlags().Border(wxTOP, Gap(this)).Border(wxBOTTOM, Gap(this) / 2));
    m_note = new wxTextCtrl(this, kIdPlanLineNote, {}, wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE);
    m_note->SetName("plan_line_note");
    m_note->SetMaxLength(kLongestNoteInUnits);
    m_note->SetMinSize(FromDIP(wxSize(60, 60)));
    column->Add(m_note, wxSizerFlags(1).Expand());
    m_note->Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
        if (const auto line = Selected())
        {
            m_draft.SetNote(*line, FromWx(m_note->GetValue()));
            ShowLines();
        }
    });
}

void PlanDialog::BuildButtons(wxSizer* column)
{
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    buttons->AddStretchSpacer();
    auto* save = new wxButton(this, wxID_OK, _("&Save..."));
    save->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Save(); });
    buttons->Add(save, wxSizerFlags().Border(wxLEFT, Gap(this)));
    buttons->Add(new wxButton(this, wxID_CANCEL, _("Cancel")), wxSizerFlags().Border(wxLEFT, Gap(this)));
    column->Add(buttons, wxSizerFlags().Expand().Border(wxTOP, Margin(this)));
    save->SetDefault();
}

SupportPlan PlanDialog::Plan() const
{
    return m_draft.Plan(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), kToolVersion);
}

wxString PlanDialog::StateOf(const RootCause& cause) const
{
    return m_session.InWords().State(m_session.Model().StateOf(cause));
}

void PlanDialog::ShowLines()
{
    const Words& words = m_session.InWords();
    std::vector<ReportList::Line> lines;
    for (const PlanDraft::Line& line : m_draft.Lines())
    {
        // TRANSLATORS: In a column: this step has a note.
        lines.push_back({ListIcon(m_session.Model().StateOf(*line.cause)),
            {ToWx(line.cause->code), StateOf(*line.cause),
                words.Headline(*line.cause, m_session.Model().ResultOf(*line.cause)),
                line.note.empty() ? wxString() : _("Yes")}});
    }
    m_filling = true;
    m_list->SetLines(lines);
    for (std::size_t i = 0; i < m_draft.Lines().size(); ++i)
    {
        const long item = static_cast<long>(i);
        if (m_list->IsItemChecked(item) != m_draft.Lines()[i].chosen)
        {
            m_list->CheckItem(item, m_draft.Lines()[i].chosen);
        }
    }
    m_filling = false;
}

void PlanDialog::ShowNote()
{
    const auto line = Selected();
    const std::string note = line ? m_draft.Lines()[*line].note : std::string();
    m_note->Enable(line.has_value());
    m_note->ChangeValue(ToWx(note));
}

void PlanDialog::SelectLine(std::size_t line)
{
    m_list->SelectLine(line);
    ShowNote();
}

std::optional<std::size_t> PlanDialog::Selected() const
{
    const long selected = m_list->GetFirstSelected();
    return selected < 0 || static_cast<std::size_t>(selected) >= m_draft.Lines().size()
        ? std::nullopt
        : std::optional(static_cast<std::size_t>(selected));
}

void PlanDialog::MoveUp()
{
    if (const auto line = Selected())
    {
        const std::size_t there = m_draft.MoveUp(*line);
        ShowLines();
        SelectLine(there);
    }
}

void PlanDialog::MoveDown()
{
    if (const auto line = Selected())
    {
        const std::size_t there = m_draft.MoveDown(*line);
        ShowLines();
        SelectLine(there);
    }
}

void PlanDialog::AddByCode()
{
    wxTextEntryDialog dialog(this, _("&Step code, for example S-3:"), _("Add a check"));
    if (dialog.ShowModal() != wxID_OK)
    {
        return;
    }
    const std::string code(Trim(FromWx(dialog.GetValue())));
    const auto causes = ResolveSelector(code);
    if (causes.empty())
    {
        wxMessageDialog(this, Fill(_("There is no check with the code {0}."), ForReading(code)),
            _("Add a check"), wxOK | wxICON_INFORMATION)
            .ShowModal();
        return;
    }
    std::size_t there = 0;
    for (const RootCause* cause : causes)
    {
        there = m_draft.Add(*cause);
    }
    ShowLines();
    SelectLine(there);
    m_list->SetFocus();
}

void PlanDialog::Save()
{
    if (m_draft.CountChosen() == 0)
    {
        wxMessageDialog message(
            this, _("The plan has no steps yet."), _("Support plan"), wxOK | wxICON_INFORMATION);
        message.SetExtendedMessage(_("Tick at least one step, or add a check by its code."));
        message.ShowModal();
        m_list->SetFocus();
        return;
    }
    EndModal(wxID_OK);
}

} // namespace mars
