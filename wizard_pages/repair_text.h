// SPDX-License-Identifier: MIT
#pragma once

#include "wizard_session.h"

#include <wx/string.h>

#include <vector>

/// What the dialog of a repair says, in the language of the window.
namespace mars
{

std::vector<Change> ChangesOf(const RepairResult& result);

/// One paragraph for each change: what it does and what has to be known before, or with results what became
/// of it.
wxString ChangesText(const RepairResult& result, bool withResults, const Words& words);

/// What has to be known before the plan is carried out.
wxString PlanNotes(const RepairResult& result, const WizardSession& session);

/// What was found before and is found now, and where it can be undone.
wxString ResultNotes(const RepairResult& result, const Words& words);

} // namespace mars
