// SPDX-License-Identifier: MIT
#pragma once

#include <wx/gdicmn.h>
#include <wx/window.h>
#include <wx/wupdlock.h>

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

} // namespace mars
