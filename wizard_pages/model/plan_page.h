// SPDX-License-Identifier: MIT
#pragma once

#include "section.h"
#include "support_plan.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mars
{

/// A support plan as a page of the wizard: its steps are the rows, in its order and with their own codes.
class PlanPage
{
public:
    static constexpr std::string_view kId = "plan";

    explicit PlanPage(SupportPlan plan);
    /// Of the elevated copy, which has the ids of the steps and no more.
    explicit PlanPage(const std::vector<const RootCause*>& steps);
    // The section points into it.
    PlanPage(const PlanPage&) = delete;
    PlanPage& operator=(const PlanPage&) = delete;

    const Section& AsSection() const
    {
        return m_section;
    }
    const SupportPlan& Plan() const
    {
        return m_plan;
    }
    /// The notes stayed with the plan's file.
    bool LacksNotes() const
    {
        return m_lacksNotes;
    }
    bool Has(const RootCause& cause) const;
    std::vector<std::string> Ids() const;

private:
    void MakeSection();

    SupportPlan m_plan;
    bool m_lacksNotes = false;
    std::vector<BorrowedRow> m_rows;
    Section m_section;
};

} // namespace mars
