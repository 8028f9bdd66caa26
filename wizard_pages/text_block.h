// SPDX-License-Identifier: MIT
#pragma once

#include <wx/textctrl.h>

#include <vector>

namespace mars
{

/// A paragraph that wraps, is as high as its text, and can be reached with Tab, read by a screen reader and
/// copied from: a read-only edit control that looks like a label.
class TextBlock : public wxTextCtrl
{
public:
    TextBlock(wxWindow* parent, int id, const wxString& name, const wxString& text = {});

    /// Leaves caret and selection alone when the text is the same.
    void SetText(const wxString& text);
    /// As high as the text needs at the present width.
    void FitHeight();

private:
    void OnWheel(wxMouseEvent& event);
};

/// Lays out `window`, all of whose blocks get the width that the sizers give them and then the height that
/// they need.
void LayoutWithText(wxWindow* window);

/// For headings and labels.
void MakeBold(wxWindow* window, double scale = 1.0);

} // namespace mars
