// SPDX-License-Identifier: MIT
#include "attention_bar.h"

#include "layout.h"

#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/statbmp.h>

namespace mars
{

AttentionBar::AttentionBar(wxWindow* parent, int textId, const wxString& name, const wxBitmapBundle& picture)
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL | wxBORDER_SIMPLE)
{
    SetBackgroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_INFOBK));
    SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_INFOTEXT));
    m_line = new wxBoxSizer(wxHORIZONTAL);
    m_line->Add(
        new wxStaticBitmap(this, wxID_ANY, picture), wxSizerFlags().Centre().Border(wxALL, Gap(this)));
    m_text = new TextBlock(this, textId, name);
    m_line->Add(m_text, wxSizerFlags(1).Centre().Border(wxALL, Gap(this)));
    SetSizer(m_line);
}

wxButton* AttentionBar::AddButton(
    int id, const wxString& name, const wxString& verb, bool shield, std::function<void()> onClick)
{
    auto* button = new wxButton(this, id, verb);
    button->SetName(name);
    if (shield)
    {
        button->SetAuthNeeded();
    }
    button->Bind(wxEVT_BUTTON, [onClick = std::move(onClick)](wxCommandEvent&) { onClick(); });
    m_line->Add(button, wxSizerFlags().Centre().Border(wxALL, Gap(this)));
    return button;
}

} // namespace mars
