// SPDX-License-Identifier: MIT
#include "answers_panel.h"

#include "control_ids.h"
#include "layout.h"
#include "model/answers.h"
#include "proxy.h"
#include "text.h"

#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/intl.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/wrapsizer.h>

namespace mars
{

namespace
{

/// In the order of the choice.
enum OwnProxy : int
{
    kNotKnown,
    kNone,
    kNamed,
};

constexpr std::size_t kLongestAnswer = 260;

} // namespace

bool AnswersPanel::HasQuestions(const Section& section)
{
    return section.id == "basics" || section.id == "connectivity";
}

AnswersPanel::AnswersPanel(wxWindow* parent, WizardSession& session, const Section& section)
    : wxPanel(parent, wxID_ANY), m_session(session)
{
    SetName("answers");
    auto* column = new wxBoxSizer(wxVERTICAL);
    section.id == "basics" ? BuildData(column) : BuildProxy(column);
    m_note = new TextBlock(this, kIdAnswerNote, "answer_note");
    m_note->Hide();
    column->Add(m_note, wxSizerFlags().Expand());
    SetSizer(column);
    ShowAnswers();
}

void AnswersPanel::BuildData(wxSizer* column)
{
    auto* line = new wxWrapSizer(wxHORIZONTAL);
    line->Add(new wxStaticText(this, wxID_ANY, _("How much &data is backed up, in GB?")),
        wxSizerFlags().CentreVertical().Border(wxRIGHT, Gap(this)));
    m_dataSize = AddText(line, kIdDataSize, "data_size", &AnswersPanel::TakeDataSize);
    m_offlineSeeding = new wxCheckBox(
        this, kIdOfflineSeeding, _("The first backup goes to Azure on d&isks (offline seeding)"));
    m_offlineSeeding->SetName("offline_seeding");
    m_offlineSeeding->Bind(
        wxEVT_CHECKBOX, [this](wxCommandEvent& event) { m_session.SetOfflineSeeding(event.IsChecked()); });
    line->Add(m_offlineSeeding, wxSizerFlags().CentreVertical());
    column->Add(line, wxSizerFlags().Expand());
}

void AnswersPanel::BuildProxy(wxSizer* column)
{
    auto* line = new wxWrapSizer(wxHORIZONTAL);
    line->Add(new wxStaticText(this, wxID_ANY, _("Does the agent have its o&wn proxy?")),
        wxSizerFlags().CentreVertical().Border(wxRIGHT, Gap(this)));
    // TRANSLATORS: Answers to "Does the agent have its own proxy?"
    const wxString answers[] = {_("I don't know"), _("No"), _("Yes, this one:")};
    m_ownProxy =
        new wxChoice(this, kIdOwnProxy, wxDefaultPosition, wxDefaultSize, WXSIZEOF(answers), answers);
    m_ownProxy->SetName("own_proxy");
    m_ownProxy->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { TakeProxy(); });
    line->Add(m_ownProxy, wxSizerFlags().CentreVertical().Border(wxRIGHT, Gap(this)));
    // TRANSLATORS: host:port is what is to be typed, for example proxy.contoso.com:8080.
    line->Add(new wxStaticText(this, wxID_ANY, _("Its addr&ess (host:port):")),
        wxSizerFlags().CentreVertical().Border(wxRIGHT, Gap(this)));
    m_proxyAddress = AddText(line, kIdProxyAddress, "proxy_address", &AnswersPanel::TakeProxy);
    column->Add(line, wxSizerFlags().Expand());
}

wxTextCtrl* AnswersPanel::AddText(wxSizer* line, int id, const wxString& name, void (AnswersPanel::*take)())
{
    auto* text = new wxTextCtrl(this, id, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
    text->SetName(name);
    text->SetMaxLength(kLongestAnswer);
    text->Bind(wxEVT_TEXT_ENTER, [this, take](wxCommandEvent&) { (this->*take)(); });
    text->Bind(wxEVT_KILL_FOCUS, [this, take](wxFocusEvent& event) {
        event.Skip();
        // Not within the change of the focus, which the checks' new results must not disturb.
        CallAfter([this, take] { (this->*take)(); });
    });
    line->Add(text, wxSizerFlags().CentreVertical().Border(wxRIGHT, Margin(this)));
    return text;
}

void AnswersPanel::ShowAnswers()
{
    if (m_note->IsShown())
    {
        // What was typed last is still to be put right.
        return;
    }
    const Given& given = m_session.WhatWasGiven();
    if (m_dataSize != nullptr && !m_dataSize->HasFocus())
    {
        m_dataSize->ChangeValue(ToWx(DataSizeText(given.dataBytes)));
    }
    if (m_offlineSeeding != nullptr)
    {
        m_offlineSeeding->SetValue(given.offlineSeeding);
    }
    if (m_ownProxy != nullptr && !m_ownProxy->HasFocus() && !m_proxyAddress->HasFocus())
    {
        const bool none = given.agentProxy == kNoAgentProxy;
        const bool named = !none && !given.agentProxy.empty();
        m_ownProxy->SetSelection(none ? kNone : named ? kNamed : kNotKnown);
        m_proxyAddress->ChangeValue(named ? ToWx(given.agentProxy) : wxString());
        m_proxyAddress->Enable(named);
    }
}

void AnswersPanel::TakeDataSize()
{
    const std::string text(Trim(FromWx(m_dataSize->GetValue())));
    const auto bytes = ParseDataSize(text);
    if (!bytes && !text.empty())
    {
        Say(_("This is not a number of GB. Write it in digits only, for example 1500, or leave it empty."));
        return;
    }
    Say({});
    if (bytes != m_session.WhatWasGiven().dataBytes)
    {
        m_session.SetDataBytes(bytes);
    }
}

void AnswersPanel::TakeProxy()
{
    const int answer = m_ownProxy->GetSelection();
    m_proxyAddress->Enable(answer == kNamed);
    const std::string address(Trim(FromWx(m_proxyAddress->GetValue())));
    // Without its address a proxy is as good as not known.
    const std::string proxy = answer == kNamed ? address : answer == kNone ? kNoAgentProxy : std::string();
    if (answer == kNamed && !address.empty() && (address == kNoAgentProxy || !IsAgentProxy(address)))
    {
        Say(_("Write the proxy as host:port, for example proxy.contoso.com:8080, without http:// and "
              "without a user name or a password. The agent's console shows it under Change Properties, then "
              "Proxy Configuration."));
        return;
    }
    Say({});
    if (proxy != m_session.WhatWasGiven().agentProxy)
    {
        m_session.SetAgentProxy(proxy);
    }
}

void AnswersPanel::Say(const wxString& text)
{
    const bool changed = m_note->IsShown() == text.empty();
    m_note->SetText(text);
    m_note->Show(!text.empty());
    if (changed)
    {
        LayoutWithText(GetParent());
    }
}

} // namespace mars
