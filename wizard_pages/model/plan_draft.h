// SPDX-License-Identifier: MIT
#pragma once

#include "model/wizard_model.h"
#include "support_plan.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mars
{

/// A support plan while somebody makes it: the rows that may go in, in the order in which they will be done.
class PlanDraft
{
public:
    struct Line
    {
        const RootCause* cause = nullptr;
        bool chosen = false;
        std::string note;
        bool operator==(const Line&) const = default;
    };

    /// What was found, in the order in which mending it helps: the errors, then the warnings, each in the
    /// order of the catalogue, and all of them chosen; below them what may matter too, which is not.
    explicit PlanDraft(const WizardModel& model);

    const std::vector<Line>& Lines() const
    {
        return m_lines;
    }
    void Choose(std::size_t line, bool chosen)
    {
        m_lines.at(line).chosen = chosen;
    }
    void SetNote(std::size_t line, std::string note)
    {
        m_lines.at(line).note = std::move(note);
    }
    /// Where the line is afterwards: at the top and at the bottom it stays.
    std::size_t MoveUp(std::size_t line);
    std::size_t MoveDown(std::size_t line);
    /// At the end, chosen. Where it is already it becomes chosen. Returns its line.
    std::size_t Add(const RootCause& cause);

    std::size_t CountChosen() const;
    /// The chosen lines.
    SupportPlan Plan(Timestamp made, std::string toolVersion) const;

private:
    std::vector<Line> m_lines;
};

} // namespace mars
