// SPDX-License-Identifier: MIT
#pragma once

#include "known_errors.h"
#include "model/wizard_model.h"
#include "section.h"

#include <string>
#include <vector>

namespace mars
{

/// What people see who have read no documentation: the choices of the first page.
struct SymptomChoice
{
    std::string id;
    std::string words;
    /// Where most of it is looked into.
    const Section* section;
    /// In the order in which looking at them helps soonest.
    std::vector<const RootCause*> causes;
};

/// In the order of knowledge/symptoms.xml.
std::vector<SymptomChoice> SymptomChoices(const Knowledge& knowledge, Language language);

/// What the checks say of a symptom.
struct SymptomMark
{
    /// kPassed: nothing that is wrong.
    RowState state = RowState::kPassed;
    std::size_t problems = 0;
    bool operator==(const SymptomMark&) const = default;
};

/// Errors and warnings among its causes: as many as its page then says.
SymptomMark MarkOf(const SymptomChoice& symptom, const WizardModel& model);

} // namespace mars
