// SPDX-License-Identifier: MIT
#pragma once

#include "model/changes_today.h"
#include "repair.h"
#include "texts.h"

#include <vector>

namespace mars
{

/// What was repaired, when and by whom.
wxString EntryWords(const UndoItem& item, const Words& words);
/// Whether it can be undone, or why not.
wxString UndoStatusWords(const UndoItem& item, const Words& words);
/// The same in a word or two.
wxString UndoStateWords(const UndoItem& item);
/// Everything about one repair: who, when, with which version, each change, and what stands of it today.
wxString EntryDetails(const UndoItem& item, const std::vector<ChangeToday>& changes, const Words& words);
/// What undoing changes, a line each.
wxString UndoStepsWords(const UndoItem& item, const Words& words);

} // namespace mars
