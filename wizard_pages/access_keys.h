// SPDX-License-Identifier: MIT
#pragma once

class wxWindow;

namespace mars
{

/// Alt with a letter: presses the visible button below `root` whose label has that access key, or gives the
/// focus to the control behind a label that has it. False when there is none.
///
/// Windows looks for access keys only among the children of the panel that has the focus. A page and the
/// buttons below it are different panels, and one screen for a person.
bool FollowAccessKey(wxWindow* root, int key);

} // namespace mars
