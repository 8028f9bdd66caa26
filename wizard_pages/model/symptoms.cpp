// SPDX-License-Identifier: MIT
#include "model/symptoms.h"

#include "catalogue.h"

#include <algorithm>

namespace mars
{

namespace
{

constexpr std::size_t kLikeliest = 4;

} // namespace

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
    const std::size_t count = std::min(symptom.causes.size(), kLikeliest);
    for (std::size_t i = 0; i < count; ++i)
    {
        const RowState state = model.StateOf(*symptom.causes[i]);
        if (IsProblem(state))
        {
            mark.state = std::min(mark.state, state);
            ++mark.problems;
        }
    }
    return mark;
}

} // namespace mars
