// SPDX-License-Identifier: MIT
#include "model/plan_draft.h"

#include <algorithm>

namespace mars
{

PlanDraft::PlanDraft(const WizardModel& model)
{
    for (const RowState wanted :
        {RowState::kError, RowState::kWarning, RowState::kAdvice, RowState::kCouldNotCheck})
    {
        for (const Section* section : model.Sections())
        {
            for (const RootCause* cause : section->rootCauses)
            {
                const CheckResult* result = model.ResultOf(*cause);
                if (result != nullptr && StateOf(result->outcome) == wanted)
                {
                    m_lines.push_back({cause, IsProblem(wanted), {}});
                }
            }
        }
    }
}

std::size_t PlanDraft::MoveUp(std::size_t line)
{
    if (line == 0)
    {
        return line;
    }
    std::swap(m_lines.at(line), m_lines.at(line - 1));
    return line - 1;
}

std::size_t PlanDraft::MoveDown(std::size_t line)
{
    if (line + 1 >= m_lines.size())
    {
        return line;
    }
    std::swap(m_lines.at(line), m_lines.at(line + 1));
    return line + 1;
}

std::size_t PlanDraft::Add(const RootCause& cause)
{
    auto found = std::ranges::find(m_lines, &cause, &Line::cause);
    if (found == m_lines.end())
    {
        m_lines.push_back({&cause, true, {}});
        return m_lines.size() - 1;
    }
    found->chosen = true;
    return static_cast<std::size_t>(found - m_lines.begin());
}

std::size_t PlanDraft::CountChosen() const
{
    return static_cast<std::size_t>(std::ranges::count(m_lines, true, &Line::chosen));
}

SupportPlan PlanDraft::Plan(Timestamp made, std::string toolVersion) const
{
    SupportPlan plan{made, std::move(toolVersion), {}};
    for (const Line& line : m_lines)
    {
        if (line.chosen)
        {
            plan.steps.push_back({line.cause, line.note});
        }
    }
    return plan;
}

} // namespace mars
