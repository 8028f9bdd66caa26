// SPDX-License-Identifier: MIT
#include "details_panel.h"

#include "control_ids.h"
#include "icons.h"
#include "layout.h"
#include "reading.h"
#include "text.h"

#include <wx/button.h>
#include <wx/hyperlink.h>
#include <wx/intl.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/statbmp.h>
#include <wx/stattext.h>

#include <algorithm>

namespace mars
{

namespace
{

wxString Readable(const std::string& text)
{
    return ToWx(ForReading(text));
}

/// The same with the line breaks that its writer made.
wxString ReadableLines(const std::string& text)
{
    wxString readable;
    for (const std::string& line : Split(text, '\n'))
    {
        readable += (readable.empty() ? "" : "\n") + Readable(line);
    }
    return readable;
}

} // namespace

DetailsPanel::DetailsPanel(wxWindow* parent, Words words, WizardActions& actions, bool recording)
    : wxScrolledWindow(
        parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxBORDER_THEME | wxTAB_TRAVERSAL),
      m_words(words), m_actions(actions), m_recording(recording)
{
    SetName("details");
    SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW));
    SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT));
    SetScrollRate(0, GetCharHeight());
    SetSizer(new wxBoxSizer(wxVERTICAL));
    Bind(wxEVT_SIZE, &DetailsPanel::OnSize, this);
}

void DetailsPanel::ShowRow(const std::optional<RowView>& view, bool technical)
{
    if (view == m_view && technical == m_technical && !GetChildren().empty())
    {
        return;
    }
    const bool sameRow = view && m_view && view->cause == m_view->cause;
    m_view = view;
    m_technical = technical;
    const wxWindowUpdateLocker locker(this);
    wxWindow* focused = FindFocus();
    const int focusedId = IsDescendant(focused) ? focused->GetId() : wxID_NONE;
    const int top = sameRow ? GetViewStart().y : 0;
    Build();
    LayoutWithText(this);
    Scroll(0, top);
    if (focusedId != wxID_NONE)
    {
        wxWindow* again = FindWindow(focusedId);
        (again != nullptr ? again : this)->SetFocus();
    }
}

void DetailsPanel::Build()
{
    auto* outer = new wxBoxSizer(wxVERTICAL);
    auto* column = new wxBoxSizer(wxVERTICAL);
    outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, Margin(this)));
    DestroyChildren();
    if (m_view)
    {
        BuildAsked(column);
        auto* line = new wxBoxSizer(wxHORIZONTAL);
        const RowState shown =
            m_view->judged && m_view->state == RowState::kWaiting ? m_view->judgement : m_view->state;
        auto* icon = new wxStaticBitmap(this, wxID_ANY, StateIcon(shown), wxDefaultPosition,
            FromDIP(wxSize(dip::kLargeIcon, dip::kLargeIcon)));
        line->Add(icon, wxSizerFlags().Border(wxRIGHT, Gap(this)));
        // TRANSLATORS: The selected check: {0} its step code, {1} its result ("Error"), {2} its title.
        const wxString title =
            Fill(_("{0}  {1}: {2}"), m_view->code, FromWx(m_words.State(shown)), m_view->title);
        auto* block = new TextBlock(this, kIdRowTitle, "row_title");
        MakeBold(block, 1.1);
        block->SetText(title);
        line->Add(block, wxSizerFlags(1).CentreVertical());
        column->Add(line, wxSizerFlags().Expand());
        BuildJudgement(column);
    }
    SetSizer(outer, true);
}

wxString DetailsPanel::StepOfPlan() const
{
    // TRANSLATORS: A row of a support plan: {0} its number, {1} how many there are.
    return Fill(_("Step {0} of {1}"), m_view->asked->number, m_view->asked->of);
}

void DetailsPanel::BuildAsked(wxSizer* column)
{
    if (!m_view->asked)
    {
        return;
    }
    auto* step = AddBlock(column, kIdPlanStep, "plan_step", StepOfPlan());
    MakeBold(step);
    if (!m_view->asked->note.empty())
    {
        AddLabel(column, _("Written by the person who made the plan, not by this program:"));
        AddBlock(column, kIdPlanNote, "plan_note", ReadableLines(m_view->asked->note));
    }
    column->AddSpacer(FromDIP(dip::kMargin));
}

void DetailsPanel::BuildJudgement(wxSizer* column)
{
    const RowView& view = *m_view;
    if (!view.judged)
    {
        AddBlock(column, kIdMeaning, "meaning",
            view.state == RowState::kChecking ? _("This is being checked.")
                                              : _("This was not checked. Choose Check again to do so."));
        return;
    }
    if (!view.meaning.empty())
    {
        AddLabel(column, _("What it means:"));
        AddBlock(column, kIdMeaning, "meaning", Readable(view.meaning));
    }
    if (!view.evidence.empty())
    {
        AddLabel(column, _("What was found:"));
        AddBlock(column, kIdEvidence, "evidence", Readable(view.evidence));
    }
    if (view.needsAdministrator)
    {
        auto* button = new wxButton(this, kIdElevateRow, _("Continue as &administrator"));
        button->SetName("elevate_row");
        button->SetAuthNeeded();
        button->Bind(wxEVT_BUTTON,
            [this](wxCommandEvent&) { m_actions.ContinueAsAdministrator(m_view ? m_view->cause : nullptr); });
        column->Add(button, wxSizerFlags().Border(wxTOP, Gap(this)));
    }
    if (view.repairable)
    {
        AddLabel(column, _("What to do:"));
        AddBlock(column, kIdRepairNote, "repair_note",
            m_recording
                ? _("On that server the wizard can repair this. Preview the repair below shows each change.")
                : _("The wizard can repair this. Choose Preview the repair below to see each change before "
                    "it "
                    "is made."));
    }
    if (!view.repairNote.empty())
    {
        AddLabel(column, _("Why the wizard does not repair this by itself now:"));
        AddBlock(column, kIdRepairNote, "repair_note", Readable(view.repairNote));
    }
    BuildSteps(column);
    BuildHandoff(column);
    BuildLinks(column);
    if (m_technical)
    {
        BuildTechnical(column);
    }
    const wxString source = SourceText();
    if (!source.empty())
    {
        column->AddSpacer(Gap(this));
        AddBlock(column, kIdSource, "source", source);
    }
}

wxString DetailsPanel::StepsHeading() const
{
    return m_view->repairable ? _("Or by hand, step by step:") : Readable(m_view->stepsLabel);
}

void DetailsPanel::BuildSteps(wxSizer* column)
{
    if (m_view->steps.empty())
    {
        return;
    }
    AddLabel(column, StepsHeading());
    int number = 0;
    for (const RowView::Step& step : m_view->steps)
    {
        auto* line = new wxBoxSizer(wxHORIZONTAL);
        auto* text = new TextBlock(this, kIdFirstStep + number, wxString::Format("step_%d", number + 1));
        if (step.isNext)
        {
            MakeBold(text);
        }
        // TRANSLATORS: A numbered step: {0} is its number, {1} what to do.
        text->SetText(Fill(_("{0}. {1}"), number + 1, ForReading(step.text)));
        line->Add(text, wxSizerFlags(1).CentreVertical());
        const wxString verb = ToolWords(step.tool);
        if (!verb.empty())
        {
            // The step's number is the button's access key: Alt+2 opens the tool of step 2.
            const wxString label = number < 9 ? wxString::Format("%s (&%d)", verb, number + 1) : verb;
            auto* button = new wxButton(this, kIdFirstTool + number, label);
            button->SetName(wxString::Format("open_%d", number + 1));
            button->Bind(
                wxEVT_BUTTON, [this, tool = step.tool](wxCommandEvent&) { m_actions.OpenTool(tool); });
            line->Add(button, wxSizerFlags().CentreVertical().Border(wxLEFT, Gap(this)));
        }
        column->Add(line, wxSizerFlags().Expand().Border(wxTOP, Gap(this) / 2));
        ++number;
    }
}

void DetailsPanel::BuildHandoff(wxSizer* column)
{
    if (m_view->handoff.empty())
    {
        return;
    }
    AddLabel(column, m_words.Text("report.handoff"));
    AddBlock(column, kIdHandoff, "handoff", Readable(m_view->handoff));
    auto* copy = new wxButton(this, kIdCopyHandoff, _("Copy the te&xt to send"));
    copy->SetName("copy_handoff");
    copy->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        m_actions.CopyToClipboard(m_view ? Readable(m_view->handoff) : wxString());
    });
    column->Add(copy, wxSizerFlags().Border(wxTOP, Gap(this)));
}

void DetailsPanel::BuildLinks(wxSizer* column)
{
    if (m_view->links.empty())
    {
        return;
    }
    AddLabel(column, _("Read more:"));
    int number = 0;
    for (const RowView::Address& link : m_view->links)
    {
        auto* control = new wxHyperlinkCtrl(this, kIdFirstLink + number, Readable(link.text), ToWx(link.url));
        control->SetName(wxString::Format("link_%d", number + 1));
        control->SetToolTip(ToWx(link.url));
        // Not skipped: wx would open the address from this process, which may be elevated.
        control->Bind(
            wxEVT_HYPERLINK, [this, url = link.url](wxHyperlinkEvent&) { m_actions.OpenLink(url); });
        column->Add(control, wxSizerFlags().Border(wxTOP, Gap(this) / 2));
        ++number;
    }
}

void DetailsPanel::BuildTechnical(wxSizer* column)
{
    AddLabel(column, _("Technical details:"));
    auto* block = AddBlock(column, kIdTechnical, "technical", {});
    block->SetFont(wxFont(wxFontInfo(GetFont().GetPointSize()).Family(wxFONTFAMILY_TELETYPE)));
    block->SetText(TechnicalText());
}

void DetailsPanel::ScrollToTechnical()
{
    const wxWindow* block = FindWindow(kIdTechnical);
    int unit = 0;
    GetScrollPixelsPerUnit(nullptr, &unit);
    if (block != nullptr && unit > 0)
    {
        // With its label.
        const int top = CalcUnscrolledPosition(block->GetPosition()).y - 2 * GetCharHeight();
        Scroll(-1, std::max(top, 0) / unit);
    }
}

TextBlock* DetailsPanel::AddBlock(wxSizer* column, int id, const wxString& name, const wxString& text)
{
    auto* block = new TextBlock(this, id, name, text);
    column->Add(block, wxSizerFlags().Expand());
    return block;
}

void DetailsPanel::AddLabel(wxSizer* column, const wxString& label)
{
    auto* text = new wxStaticText(this, wxID_ANY, label);
    MakeBold(text);
    column->Add(text, wxSizerFlags().Border(wxTOP, FromDIP(dip::kMargin)));
}

wxString DetailsPanel::SourceText() const
{
    const RowView& view = *m_view;
    if (view.checkedOn.empty())
    {
        return {};
    }
    return view.source.empty()
        ? Fill(_("This advice was last checked on {0}."), view.checkedOn)
        : Fill(_("This advice was last checked on {0}, against {1}"), view.checkedOn, view.source);
}

wxString DetailsPanel::TechnicalText() const
{
    wxString text;
    for (const auto& [name, value] : m_view->technical)
    {
        text += text.empty() ? "" : "\n";
        text += Fill("{0}: {1}", name, ForReading(value));
    }
    return text;
}

wxString DetailsPanel::AsText() const
{
    if (!m_view)
    {
        return {};
    }
    const RowView& view = *m_view;
    wxString text;
    if (view.asked)
    {
        text += StepOfPlan() + "\n";
        text += view.asked->note.empty() ? wxString() : ReadableLines(view.asked->note) + "\n";
        text += "\n";
    }
    text += Fill(_("{0}  {1}: {2}"), view.code, FromWx(m_words.State(view.state)), view.title);
    const auto add = [&](const wxString& heading, const wxString& body) {
        if (!body.empty())
        {
            text += "\n\n" + heading + "\n" + body;
        }
    };
    add(_("What it means:"), Readable(view.meaning));
    add(_("What was found:"), Readable(view.evidence));
    wxString steps;
    int number = 0;
    for (const RowView::Step& step : view.steps)
    {
        steps += (steps.empty() ? "" : "\n") + Fill(_("{0}. {1}"), ++number, ForReading(step.text));
    }
    add(StepsHeading(), steps);
    add(m_words.Text("report.handoff"), Readable(view.handoff));
    for (const RowView::Address& link : view.links)
    {
        add(Readable(link.text), ToWx(link.url));
    }
    add(_("Technical details:"), TechnicalText());
    text += "\n\n" + SourceText() + "\n";
    return text;
}

void DetailsPanel::OnSize(wxSizeEvent& event)
{
    event.Skip();
    const int width = GetClientSize().x;
    if (width != m_width)
    {
        m_width = width;
        LayoutWithText(this);
    }
}

} // namespace mars
