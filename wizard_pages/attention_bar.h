// SPDX-License-Identifier: MIT
#pragma once

#include "text_block.h"

#include <wx/bmpbndl.h>
#include <wx/panel.h>

#include <functional>

class wxButton;
class wxSizer;

namespace mars
{

/// Something to know before all else, with what can be done about it: a picture, a text and buttons.
class AttentionBar : public wxPanel
{
public:
    AttentionBar(wxWindow* parent, int textId, const wxString& name, const wxBitmapBundle& picture);

    /// With `shield` the button shows that administrator rights are asked for.
    wxButton* AddButton(
        int id, const wxString& name, const wxString& verb, bool shield, std::function<void()> onClick);
    void SetText(const wxString& text)
    {
        m_text->SetText(text);
    }

private:
    TextBlock* m_text;
    wxSizer* m_line;
};

} // namespace mars
