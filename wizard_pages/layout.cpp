// SPDX-License-Identifier: MIT
#include "layout.h"

#include "text_block.h"

#include <wx/button.h>
#include <wx/sizer.h>

namespace mars
{

void SetColumn(wxWindow* window, wxSizer* column)
{
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(column, wxSizerFlags(1).Expand().Border(wxALL, Margin(window)));
    window->SetSizer(outer);
    window->Bind(wxEVT_SIZE, [window](wxSizeEvent& event) {
        event.Skip();
        LayoutWithText(window);
    });
    LayoutWithText(window);
}

wxButton* AddButton(wxWindow* parent, wxSizer* line, int id, const wxString& name, const wxString& label,
    std::function<void()> onClick)
{
    auto* button = new wxButton(parent, id, label);
    button->SetName(name);
    button->Bind(wxEVT_BUTTON, [onClick = std::move(onClick)](wxCommandEvent&) { onClick(); });
    line->Add(button, wxSizerFlags().Border(wxTOP | wxRIGHT, Gap(parent)));
    return button;
}

} // namespace mars
