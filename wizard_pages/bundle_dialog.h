// SPDX-License-Identifier: MIT
#pragma once

#include "support_bundle.h"
#include "texts.h"

#include <wx/dialog.h>

class wxButton;
class wxSizer;
class wxTextCtrl;

namespace mars
{

/// A look at what a support bundle holds, before it is saved: what kinds of answers and how much of each,
/// what was taken out, what is never in it, and every letter of it for who wants to read that.
class BundleDialog : public wxDialog
{
public:
    BundleDialog(wxWindow* parent, const SupportBundle& bundle, const Words& words);

private:
    void BuildParts(wxSizer* column);
    void BuildRaw(wxSizer* column);
    void BuildButtons(wxSizer* column);
    void ShowRaw();

    const SupportBundle& m_bundle;
    Words m_words;
    wxSizer* m_partsPlace = nullptr;
    wxTextCtrl* m_raw = nullptr;
    wxButton* m_rawSwitch = nullptr;
};

} // namespace mars
