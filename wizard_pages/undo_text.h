// SPDX-License-Identifier: MIT
#pragma once

#include "repair.h"
#include "texts.h"

namespace mars
{

/// What was repaired, when and by whom.
wxString EntryWords(const UndoItem& item, const Words& words);
/// Whether it can be undone, or why not.
wxString UndoStatusWords(const UndoItem& item, const Words& words);
/// What undoing changes, a line each.
wxString UndoStepsWords(const UndoItem& item, const Words& words);

} // namespace mars
