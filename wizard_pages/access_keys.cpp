// SPDX-License-Identifier: MIT
#include "access_keys.h"

#include <wx/button.h>
#include <wx/stattext.h>
#include <wx/window.h>

namespace mars
{

namespace
{

/// The letter after the "&" of a label, as a capital; 0 when it has none.
int AccessKeyOf(const wxString& label)
{
    for (std::size_t at = label.find('&'); at != wxString::npos && at + 1 < label.length();
         at = label.find('&', at + 2))
    {
        if (label[at + 1] != '&')
        {
            return static_cast<int>(wxToupper(label[at + 1]));
        }
    }
    return 0;
}

bool FocusBehind(wxWindow* label)
{
    for (wxWindow* next = label->GetNextSibling(); next != nullptr; next = next->GetNextSibling())
    {
        if (next->IsShown() && next->IsEnabled() && next->AcceptsFocus())
        {
            next->SetFocus();
            return true;
        }
    }
    return false;
}

bool Press(wxWindow* button)
{
    button->SetFocus();
    wxCommandEvent event(wxEVT_BUTTON, button->GetId());
    event.SetEventObject(button);
    return button->HandleWindowEvent(event);
}

} // namespace

bool FollowAccessKey(wxWindow* root, int key)
{
    for (wxWindow* child : root->GetChildren())
    {
        if (!child->IsShown() || !child->IsEnabled() || child->IsTopLevel())
        {
            continue;
        }
        const bool has = AccessKeyOf(child->GetLabel()) == key;
        const bool followed = has
            && ((dynamic_cast<wxButton*>(child) != nullptr && Press(child))
                || (dynamic_cast<wxStaticText*>(child) != nullptr && FocusBehind(child)));
        if (followed || FollowAccessKey(child, key))
        {
            return true;
        }
    }
    return false;
}

} // namespace mars
