// SPDX-License-Identifier: MIT
#pragma once

#include <wx/gdicmn.h>
#include <wx/window.h>
#include <wx/wupdlock.h>

#include <functional>

class wxButton;
class wxSizer;

namespace mars
{

/// The only place for sizes; all in DIPs, so FromDIP before use.
namespace dip
{
inline constexpr int kGap = 6;
inline constexpr int kMargin = 12;
inline constexpr int kIndent = 20;
inline constexpr int kIcon = 16;
inline constexpr int kLargeIcon = 24;
inline const wxSize kWindow(1120, 740);
inline const wxSize kSmallestWindow(760, 520);
inline constexpr int kPageList = 235;
inline constexpr int kProgress = 130;
inline const wxSize kDialog(700, 480);
inline const wxSize kLargeDialog(780, 600);
inline const wxSize kSmallestDialog(520, 360);
} // namespace dip

inline int Gap(const wxWindow* window)
{
    return window->FromDIP(dip::kGap);
}
inline int Margin(const wxWindow* window)
{
    return window->FromDIP(dip::kMargin);
}

/// Gives a page or a dialog its column, with a margin around it. Its texts get the height they need, now and
/// whenever it is resized.
void SetColumn(wxWindow* window, wxSizer* column);

/// A button in a line of buttons that wraps.
wxButton* AddButton(wxWindow* parent, wxSizer* line, int id, const wxString& name, const wxString& label,
    std::function<void()> onClick);

} // namespace mars
