// SPDX-License-Identifier: MIT
#include "model/symptoms.h"

#include "catalogue.h"

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

} // namespace mars
