// SPDX-License-Identifier: MIT
#pragma once

#include "change.h"
#include "knowledge.h"
#include "repair.h"

#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// One sentence for a preview: what is changed, from what, to what.
std::string ChangeSentence(const Change& change, const Knowledge& knowledge, Language language);

/// A root cause for people who talk about it: "S-3 The backup task has a trigger that is switched off".
std::string CodedTitle(std::string_view rootCause, const Knowledge& knowledge, Language language);

/// What a person has to know before saying yes to it: "Lowers a protection.", "Cannot be undone."; mostly
/// nothing.
std::vector<std::string> ChangeWarnings(const Change& change, const Knowledge& knowledge, Language language);

/// What was tried with one step and how that ended: "Done.", "Failed; it is as it was before. (error ...)".
std::string StepWords(const RepairStep& step, const Knowledge& knowledge, Language language);

/// How the whole repair stands, in one sentence: "Stopped. 32,911 files were deleted, 37,089 are left."
std::string HowRepairStands(const RepairResult& result, const Knowledge& knowledge, Language language);

/// Where its record is, and whether and how it can be undone; empty when nothing was recorded.
std::string HowToUndo(const RepairResult& result, const Knowledge& knowledge, Language language);

/// How an earlier repair ended, and what undo can do about it or did.
std::string ExplainUndo(const UndoItem& item, const Knowledge& knowledge, Language language);

/// Why a repair was not made or not finished, and what to do; empty when there is nothing to explain.
std::string ExplainRepair(const RepairResult& result, const Knowledge& knowledge, Language language);

/// The code for such a repair: its error's, else one that says the same (740 for "needs an administrator"); 0
/// when it did not fail.
std::uint32_t RepairErrorCode(const RepairResult& result);

} // namespace mars
