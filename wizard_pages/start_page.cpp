// SPDX-License-Identifier: MIT
#include "start_page.h"

#include "attention_bar.h"
#include "catalogue.h"
#include "control_ids.h"
#include "icons.h"
#include "layout.h"
#include "records_text.h"
#include "report_list.h"
#include "text_block.h"
#include "undo_text.h"

#include <wx/button.h>
#include <wx/intl.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::size_t kMostMatches = 12;
constexpr std::size_t kLongestErrorText = 4'000;

bool IsOpenNow(const UndoItem& item)
{
    return IsOpen(item.entry) && !item.isUnderWay;
}

} // namespace

StartPage::StartPage(wxWindow* parent, WizardSession& session, WizardActions& actions)
    : wxPanel(parent, wxID_ANY), m_session(session), m_actions(actions),
      m_symptoms(SymptomChoices(session.InWords().From(), session.InWords().In()))
{
    SetName("page_start");
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* heading = new wxStaticText(this, kIdHeading, _("What is going wrong?"));
    MakeBold(heading, 1.4);
    column->Add(heading, wxSizerFlags().Border(wxBOTTOM, Gap(this)));
    BuildBars(column);
    // Below each other: paths and names of the server need the whole width.
    auto* questions = new wxBoxSizer(wxVERTICAL);
    auto* facts = new wxBoxSizer(wxVERTICAL);
    BuildQuestions(questions);
    BuildFacts(facts);
    column->Add(questions, wxSizerFlags(5).Expand());
    column->Add(facts, wxSizerFlags(4).Expand().Border(wxTOP, Gap(this)));
    SetColumn(this, column);
    m_session.Observe(this);
    ShowState();
}

StartPage::~StartPage()
{
    m_session.Forget(this);
}

void StartPage::BuildBars(wxSizer* column)
{
    const auto add = [&](AttentionBar* bar) {
        column->Add(bar, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
        bar->Hide();
        return bar;
    };
    m_rollBackBar =
        add(new AttentionBar(this, kIdRollBackText, "roll_back_note", StateIcon(RowState::kWarning)));
    m_rollBack = m_rollBackBar->AddButton(
        kIdRollBack, "roll_back", _("&Roll it back"), true, [this] { RollBackInterrupted(); });
    // TRANSLATORS: The button on "An earlier repair did not reach its end": I know, do not show it again.
    m_seen = m_rollBackBar->AddButton(kIdSeen, "seen", _("O&K"), true, [this] { MarkSeen(); });
    m_rightsBar = add(new AttentionBar(this, kIdBarText, "rights_note", StateIcon(RowState::kAdvice)));
    m_rightsBar->AddButton(kIdElevate, "elevate", _("Continue as &administrator"), true,
        [this] { m_actions.ContinueAsAdministrator(nullptr); });
    m_rightsBar->SetText(
        _("Without administrator rights some checks cannot be made, and nothing can be repaired. When "
          "Windows asks for permission, the screen of somebody who helps remotely may go black for a "
          "moment."));
    m_recordsBar = add(new AttentionBar(this, kIdRecordsText, "records_note", StateIcon(RowState::kAdvice)));
    m_recordsBar->AddButton(
        kIdFollowRecords, "follow_records", _("Start t&here"), false, [this] { FollowRecords(); });
}

void StartPage::BuildQuestions(wxSizer* column)
{
    column->Add(new wxStaticText(this, wxID_ANY, _("&Error number or message (paste it here):")),
        wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    m_errorText =
        new wxTextCtrl(this, kIdErrorText, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
    m_errorText->SetName("error_text");
    m_errorText->SetMaxLength(kLongestErrorText);
    // TRANSLATORS: Shown in the empty box for the error. Real error numbers, please keep them.
    m_errorText->SetHint(_("for example 34513, 0x1FC07 or the whole message"));
    column->Add(m_errorText, wxSizerFlags().Expand().Border(wxBOTTOM, Gap(this)));
    m_choicesLabel = new wxStaticText(this, wxID_ANY, _("&Or what you see:"));
    column->Add(m_choicesLabel, wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    m_choiceList = new ReportList(this, kIdChoices, "choices",
        // TRANSLATORS: Column headings of the choices on the first page, which only a screen reader tells.
        {{_("What you see"), true}, {_("Found")}}, wxLC_NO_HEADER);
    column->Add(m_choiceList, wxSizerFlags(1).Expand());
    m_hint = new TextBlock(this, wxID_ANY, "hint");
    column->Add(m_hint, wxSizerFlags().Expand().Border(wxTOP, Gap(this)));
    m_errorText->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { ShowChoices(); });
    m_errorText->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { FollowChoice(); });
    m_choiceList->Bind(wxEVT_LIST_ITEM_ACTIVATED, [this](wxListEvent&) { FollowChoice(); });
}

void StartPage::BuildFacts(wxSizer* column)
{
    const Words& words = m_session.InWords();
    column->Add(
        new wxStaticText(this, wxID_ANY, _("This ser&ver:")), wxSizerFlags().Border(wxBOTTOM, Gap(this) / 2));
    m_facts = new ReportList(this, kIdServerFacts, "server_facts",
        {{words.Text("report.fact")}, {words.Text("report.value"), true}});
    column->Add(m_facts, wxSizerFlags(1).Expand());
    auto* open = new wxButton(this, kIdOpenFile, _("Open a support bundle or &plan..."));
    open->SetName("open_file");
    open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { m_actions.OpenSupportFile(); });
    column->Add(open, wxSizerFlags().Border(wxTOP, Gap(this)));
}

void StartPage::OnResults()
{
    ShowChoices();
}

void StartPage::OnServer()
{
    ShowState();
}

void StartPage::OnJournal()
{
    ShowBars();
}

void StartPage::OnRecords()
{
    ShowRecords();
}

void StartPage::ShowState()
{
    ShowBars();
    ShowRecords();
    ShowChoices();
    ShowFacts();
}

void StartPage::ShowBars()
{
    if (const UndoItem* open = OpenRepair())
    {
        const Words& words = m_session.InWords();
        const std::string entry = FromWx(EntryWords(*open, words));
        const bool canRollBack = open->status == UndoStatus::kUndoable;
        m_rollBackBar->SetText(
            (canRollBack ? Fill(
                 _("An earlier repair did not reach its end: {0} Roll it back before anything else."), entry)
                         : Fill(_("An earlier repair did not reach its end: {0} {1}"), entry,
                             FromWx(UndoStatusWords(*open, words))))
            + (m_rollBackResult.empty() || !canRollBack ? wxString() : " " + m_rollBackResult));
        m_rollBack->Show(canRollBack || open->status == UndoStatus::kFailed);
        m_rollBack->Enable(!m_rollingBack);
        m_seen->Show(!canRollBack);
    }
    m_rollBackBar->Show(OpenRepair() != nullptr);
    m_rightsBar->Show(!m_session.IsRecording() && m_session.LacksRights());
    LayoutWithText(this);
}

/// Nothing while they are read: that is quick for most servers, and the progress at the bottom says it for
/// the others.
void StartPage::ShowRecords()
{
    const auto& records = m_session.WhatRecordsSay();
    const Words& words = m_session.InWords();
    const std::string suggestion =
        records ? SuggestionText(*records, words.From(), words.In()) : std::string();
    if (!suggestion.empty())
    {
        const auto others =
            static_cast<unsigned>(std::ranges::count(records->entries, false, &RecordEntry::past) - 1);
        m_recordsBar->SetText(Fill(_("The records of this server say: {0}"), suggestion)
            + (others == 0 ? wxString()
                           : " "
                        + Fill(wxPLURAL("{0} other error is in the records; the report lists it.",
                                   "{0} other errors are in the records; the report lists them.", others),
                            others)));
    }
    m_recordsBar->Show(!suggestion.empty());
    LayoutWithText(this);
}

/// Leads to what was found of it, else to its page.
void StartPage::FollowRecords()
{
    const auto& records = m_session.WhatRecordsSay();
    const RecordEntry* entry = records ? records->Suggested() : nullptr;
    const Section* section = entry == nullptr ? nullptr : FindSection(entry->section);
    if (section == nullptr)
    {
        return;
    }
    const RootCause* cause = m_session.Model().FirstProblem(FindRootCauses(entry->causes));
    const Section* where = cause == nullptr ? section : FindSection(cause->SectionId());
    m_actions.GoToSection(where == nullptr ? *section : *where, cause);
}

StartPage::Choice StartPage::Everything() const
{
    return {kResultIcon, _("I don't know: check everything"), {}, nullptr, nullptr};
}

StartPage::Choice StartPage::ChoiceOf(const SymptomChoice& symptom) const
{
    const SymptomMark mark = MarkOf(symptom, m_session.Model());
    const wxString found = mark.problems == 0
        ? wxString()
        : Fill(wxPLURAL("{0} problem", "{0} problems", static_cast<unsigned>(mark.problems)), mark.problems);
    return {mark.problems == 0 ? -1 : ListIcon(mark.state), ToWx(symptom.words), found, symptom.section,
        nullptr, &symptom};
}

std::vector<StartPage::Choice> StartPage::Symptoms() const
{
    std::vector<Choice> choices;
    for (const SymptomChoice& symptom : m_symptoms)
    {
        choices.push_back(ChoiceOf(symptom));
    }
    return choices;
}

std::vector<StartPage::Choice> StartPage::ChoicesOf(const std::vector<ErrorMatch>& matches) const
{
    const Words& words = m_session.InWords();
    std::vector<Choice> choices;
    for (const ErrorMatch& match : matches)
    {
        if (match.checks.empty())
        {
            choices.push_back({-1, ToWx(match.title), {}, FindSection(match.section), nullptr});
        }
        for (const RootCause* cause : match.checks)
        {
            const bool known = std::ranges::find(choices, cause, &Choice::cause) != choices.end();
            if (!known && choices.size() < kMostMatches)
            {
                // TRANSLATORS: A check that answers an error: {0} its step code, {1} its title.
                const wxString line = Fill(_("{0}  {1}"), cause->code,
                    FromWx(words.Headline(*cause, m_session.Model().ResultOf(*cause))));
                const RowState state = m_session.Model().StateOf(*cause);
                choices.push_back(
                    {ListIcon(state), line, words.State(state), FindSection(cause->SectionId()), cause});
            }
        }
    }
    return choices;
}

void StartPage::ShowChoices()
{
    const std::string text(Trim(FromWx(m_errorText->GetValue())));
    if (text != m_matchedText)
    {
        m_matchedText = text;
        m_matches = MatchErrors(text, AllRootCauses(), m_session.InWords().From(), m_session.InWords().In());
    }
    m_choices = text.empty() ? Symptoms() : ChoicesOf(m_matches);
    ShowMeaning();
    const bool nothingFits = m_choices.empty();
    m_choices.push_back(Everything());
    const wxString label = text.empty() ? _("&Or what you see:")
        : nothingFits                   ? _("N&othing documented fits this text:")
                                        : _("What may be the cause, the &likeliest first:");
    if (m_choicesLabel->GetLabel() != label)
    {
        m_choicesLabel->SetLabel(label);
        m_choiceList->Select(m_choiceList->GetFirstSelected(), false);
    }
    std::vector<ReportList::Line> lines;
    for (const Choice& choice : m_choices)
    {
        lines.push_back({choice.icon, {choice.words, choice.found}});
    }
    m_choiceList->SetLines(lines);
    if (m_choiceList->GetFirstSelected() < 0 && !text.empty())
    {
        m_choiceList->SelectLine(0);
    }
}

/// What the error is, or what to do when nothing is known of it, where the usual hint stands.
void StartPage::ShowMeaning()
{
    wxString text = _("Choose a line, then Next. The checks are running already; looking changes nothing.");
    if (m_matches.empty() && !m_matchedText.empty())
    {
        text = m_session.InWords().Text("start.nothing_fits");
    }
    else if (!m_matches.empty() && !m_matches.front().meaning.empty())
    {
        text = ToWx(m_matches.front().title + ". " + m_matches.front().meaning);
    }
    m_hint->SetText(text);
    LayoutWithText(this);
}

void StartPage::ShowFacts()
{
    const Words& words = m_session.InWords();
    std::vector<ReportList::Line> lines;
    for (const ServerFact& fact : m_session.Facts())
    {
        lines.push_back({-1, {words.Text(fmt::format("fact.{}", fact.name)), words.Value(fact.value)}});
    }
    if (lines.empty())
    {
        lines.push_back({-1, {_("Being read..."), {}}});
    }
    m_facts->SetLines(lines);
}

void StartPage::FocusErrorText()
{
    m_errorText->SetFocus();
}

void StartPage::FollowSymptom(const std::string& id)
{
    const auto symptom = std::ranges::find(m_symptoms, id, &SymptomChoice::id);
    if (symptom != m_symptoms.end())
    {
        m_actions.GoToSymptom(*symptom);
    }
}

void StartPage::SetErrorText(const wxString& text)
{
    m_errorText->SetValue(text);
}

bool StartPage::FollowChoice()
{
    const long selected = m_choiceList->GetFirstSelected();
    if (selected < 0 || static_cast<std::size_t>(selected) >= m_choices.size())
    {
        return false;
    }
    const Choice choice = m_choices[static_cast<std::size_t>(selected)];
    if (choice.symptom != nullptr)
    {
        m_actions.GoToSymptom(*choice.symptom);
    }
    else if (choice.section == nullptr)
    {
        m_actions.GoToResult();
    }
    else
    {
        m_actions.GoToSection(*choice.section, choice.cause);
    }
    return true;
}

void StartPage::RollBackInterrupted()
{
    if (m_session.LacksRights())
    {
        m_actions.ContinueAsAdministrator(nullptr);
        return;
    }
    const UndoItem* item = OpenRepair();
    if (item == nullptr || m_rollingBack)
    {
        return;
    }
    m_rollingBack = true;
    ShowBars();
    const RootCause* cause = FindRootCause(item->entry.header.rootCause);
    m_session.Change(
        m_life,
        [engine = m_session.Engine(), name = item->entry.name](
            const std::stop_token& stop) { return engine->Undo(name, stop); },
        [this, cause](const UndoItem& undone) {
            m_rollingBack = false;
            m_rollBackResult = UndoStatusWords(undone, m_session.InWords());
            if (cause != nullptr)
            {
                m_session.OnChanged(*cause);
            }
            else
            {
                m_session.ReadJournal();
            }
        });
}

const UndoItem* StartPage::OpenRepair() const
{
    const auto& journal = m_session.Journal();
    const auto open = std::ranges::find_if(journal, IsOpenNow);
    return open == journal.end() ? nullptr : &*open;
}

void StartPage::MarkSeen()
{
    if (m_session.LacksRights())
    {
        m_actions.ContinueAsAdministrator(nullptr);
        return;
    }
    if (const UndoItem* item = OpenRepair())
    {
        m_session.MarkSeen(item->entry.name);
    }
}

} // namespace mars
