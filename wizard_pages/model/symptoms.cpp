// SPDX-License-Identifier: MIT
#include "model/symptoms.h"

#include "catalogue.h"

#include <algorithm>

namespace mars
{

std::vector<SymptomChoice> SymptomChoices(const Knowledge& knowledge, Language language)
{
    std::vector<SymptomChoice> choices;
    for (const Symptom& symptom : KnownSymptoms(knowledge))
    {
        choices.push_back({symptom.id, LocalText(symptom.text, language), FindSection(symptom.section),
            FindRootCauses(symptom.causes)});
    }
    return choices;
}

SymptomMark MarkOf(const SymptomChoice& symptom, const WizardModel& model)
{
    SymptomMark mark;
    for (const RootCause* cause : symptom.causes)
    {
        const RowState state = model.StateOf(*cause);
        if (IsProblem(state))
        {
            mark.state = std::min(mark.state, state);
            ++mark.problems;
        }
    }
    return mark;
}

} // namespace mars
