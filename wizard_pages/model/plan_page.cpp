// SPDX-License-Identifier: MIT
#include "model/plan_page.h"

#include <algorithm>

namespace mars
{

PlanPage::PlanPage(SupportPlan plan) : m_plan(std::move(plan))
{
    MakeSection();
}

PlanPage::PlanPage(const std::vector<const RootCause*>& steps) : m_lacksNotes(true)
{
    for (const RootCause* cause : steps)
    {
        m_plan.steps.push_back({cause, {}});
    }
    MakeSection();
}

void PlanPage::MakeSection()
{
    for (const SupportStep& step : m_plan.steps)
    {
        m_rows.push_back({step.cause->code, step.cause->id});
    }
    m_section = {kId, {}, m_rows};
}

bool PlanPage::Has(const RootCause& cause) const
{
    return std::ranges::find(m_plan.steps, &cause, &SupportStep::cause) != m_plan.steps.end();
}

std::vector<std::string> PlanPage::Ids() const
{
    std::vector<std::string> ids;
    for (const SupportStep& step : m_plan.steps)
    {
        ids.emplace_back(step.cause->id);
    }
    return ids;
}

} // namespace mars
