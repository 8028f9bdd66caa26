// SPDX-License-Identifier: MIT
#include "model/wizard_model.h"

#include "catalogue.h"
#include "knowledge.h"

#include <algorithm>

namespace mars
{

void WizardModel::BeginChecks(std::span<const RootCause* const> causes)
{
    for (const RootCause* cause : causes)
    {
        if (std::ranges::find(m_checking, cause) == m_checking.end())
        {
            m_checking.push_back(cause);
        }
    }
}

void WizardModel::SetResult(const CheckResult& result)
{
    std::erase(m_checking, result.cause);
    const bool stopped = result.outcome.kind == OutcomeKind::kCouldNotCheck && result.outcome.error
        && result.outcome.error->code == code::kCancelled;
    if (stopped)
    {
        // The person stopped it; what was known before stays known.
        return;
    }
    m_first.try_emplace(result.cause, result);
    m_now.insert_or_assign(result.cause, result);
}

void WizardModel::EndChecks()
{
    m_checking.clear();
}

std::vector<Row> WizardModel::Rows(const Section& section) const
{
    std::vector<Row> rows;
    for (const RootCause* cause : section.rootCauses)
    {
        rows.push_back({cause, std::string(cause->code), false, StateOf(*cause)});
    }
    for (const BorrowedRow& row : section.borrowed)
    {
        const RootCause* cause = FindRootCause(row.id);
        if (cause != nullptr)
        {
            const bool ownCode =
                row.code.empty() || std::ranges::count(section.borrowed, row.code, &BorrowedRow::code) > 1;
            rows.push_back({cause, std::string(ownCode ? cause->code : row.code), true, StateOf(*cause)});
        }
    }
    return rows;
}

std::vector<const RootCause*> WizardModel::RootCausesOf(const Section& section) const
{
    std::vector<const RootCause*> causes;
    for (const Row& row : Rows(section))
    {
        if (std::ranges::find(causes, row.cause) == causes.end())
        {
            causes.push_back(row.cause);
        }
    }
    return causes;
}

RowState WizardModel::StateOf(const RootCause& cause) const
{
    if (std::ranges::find(m_checking, &cause) != m_checking.end())
    {
        return RowState::kChecking;
    }
    const CheckResult* result = ResultOf(cause);
    return result == nullptr ? RowState::kWaiting : mars::StateOf(result->outcome);
}

RowState WizardModel::StateOf(std::span<const RootCause* const> causes) const
{
    RowState worst = RowState::kWaiting;
    bool checking = false;
    for (const RootCause* cause : causes)
    {
        worst = std::min(worst, StateOf(*cause));
        checking = checking || StateOf(*cause) == RowState::kChecking;
    }
    return checking && !IsProblem(worst) ? RowState::kChecking : worst;
}

const RootCause* WizardModel::FirstProblem(std::span<const RootCause* const> causes) const
{
    const auto found =
        std::ranges::find_if(causes, [&](const RootCause* cause) { return IsProblem(StateOf(*cause)); });
    return found == causes.end() ? nullptr : *found;
}

SectionSummary WizardModel::Summary(const Section& section) const
{
    SectionSummary summary;
    const std::vector<Row> rows = Rows(section);
    summary.rows = rows.size();
    summary.onlyBorrows = section.rootCauses.empty() && !rows.empty();
    RowState worst = RowState::kWaiting;
    for (const Row& row : rows)
    {
        summary.checking += row.state == RowState::kChecking ? 1 : 0;
        summary.waiting += row.state == RowState::kWaiting ? 1 : 0;
        summary.notApplicable += row.state == RowState::kNotApplicable ? 1 : 0;
        if (row.borrowed && !summary.onlyBorrows)
        {
            summary.problemsElsewhere += IsProblem(row.state) ? 1 : 0;
            continue;
        }
        worst = std::min(worst, row.state);
        summary.problems += IsProblem(row.state) ? 1 : 0;
        summary.advice += row.state == RowState::kAdvice ? 1 : 0;
        summary.couldNotCheck += row.state == RowState::kCouldNotCheck ? 1 : 0;
        summary.manual += row.state == RowState::kManual ? 1 : 0;
    }
    if (summary.onlyBorrows)
    {
        const std::size_t all = ProblemsNow();
        summary.problemsElsewhere = all - std::min(all, summary.problems);
    }
    const bool undecided = summary.checking > 0 && worst > RowState::kWarning;
    summary.state = undecided ? RowState::kChecking : worst;
    return summary;
}

const RootCause* WizardModel::WorstRow(const Section& section) const
{
    const std::vector<Row> rows = Rows(section);
    const auto worst = std::ranges::min_element(rows, {}, &Row::state);
    return worst == rows.end() ? nullptr : worst->cause;
}

const CheckResult* WizardModel::ResultOf(const RootCause& cause) const
{
    const auto found = m_now.find(&cause);
    return found == m_now.end() ? nullptr : &found->second;
}

std::vector<CheckResult> WizardModel::AtFirst() const
{
    std::vector<CheckResult> results;
    for (const Section* section : m_sections)
    {
        for (const RootCause* cause : section->rootCauses)
        {
            if (const auto found = m_first.find(cause); found != m_first.end())
            {
                results.push_back(found->second);
            }
        }
    }
    return results;
}

std::vector<Comparison> WizardModel::BeforeAndAfter() const
{
    std::vector<Comparison> comparisons;
    for (const Section* section : m_sections)
    {
        for (const RootCause* cause : section->rootCauses)
        {
            const auto first = m_first.find(cause);
            const auto now = m_now.find(cause);
            if (first == m_first.end() || now == m_now.end())
            {
                continue;
            }
            const Comparison line{
                cause, mars::StateOf(first->second.outcome), mars::StateOf(now->second.outcome)};
            if (line.before <= RowState::kAdvice || line.now <= RowState::kCouldNotCheck
                || HasBegunSteps(now->second.outcome))
            {
                comparisons.push_back(line);
            }
        }
    }
    return comparisons;
}

std::size_t WizardModel::ProblemsAtFirst() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        m_first, [](const auto& entry) { return IsProblem(mars::StateOf(entry.second.outcome)); }));
}

std::size_t WizardModel::ProblemsNow() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        m_now, [](const auto& entry) { return IsProblem(mars::StateOf(entry.second.outcome)); }));
}

Course WizardModel::CourseOfProblems() const
{
    const std::size_t first = ProblemsAtFirst();
    const std::size_t now = ProblemsNow();
    return now == 0   ? (first == 0 ? Course::kNoneFound : Course::kNoneLeft)
        : now < first ? Course::kSomeLeft
                      : Course::kFound;
}

bool WizardModel::HadProblem(const Section& section) const
{
    return std::ranges::any_of(section.rootCauses, [&](const RootCause* cause) {
        const auto first = m_first.find(cause);
        return first != m_first.end() && IsProblem(mars::StateOf(first->second.outcome));
    });
}

RowState StateOf(const Outcome& outcome)
{
    switch (outcome.kind)
    {
    case OutcomeKind::kPassed:
        return RowState::kPassed;
    case OutcomeKind::kProblem:
        return outcome.level == Level::kError  ? RowState::kError
            : outcome.level == Level::kWarning ? RowState::kWarning
                                               : RowState::kAdvice;
    case OutcomeKind::kNotApplicable:
        return RowState::kNotApplicable;
    case OutcomeKind::kManual:
        return RowState::kManual;
    case OutcomeKind::kCouldNotCheck:
        break;
    }
    return RowState::kCouldNotCheck;
}

bool IsProblem(RowState state)
{
    return state == RowState::kError || state == RowState::kWarning;
}

} // namespace mars
