// SPDX-License-Identifier: MIT
#pragma once

#include "model/wizard_model.h"

#include <wx/bmpbndl.h>

#include <string_view>

namespace mars
{

/// A drawing of resources/icons, sharp at every scaling.
wxBitmapBundle Icon(std::string_view name);
wxBitmapBundle StateIcon(RowState state);

/// Pictures for a native list: those of all states, in the order of RowState, then the first and the last
/// page's.
wxVector<wxBitmapBundle> ListIcons();
int ListIcon(RowState state);
inline constexpr int kStartIcon = static_cast<int>(RowState::kWaiting) + 1;
inline constexpr int kResultIcon = kStartIcon + 1;

} // namespace mars
