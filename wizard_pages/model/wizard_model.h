// SPDX-License-Identifier: MIT
#pragma once

#include "pass.h"
#include "section.h"
#include "whose_turn.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What the wizard's pages show, without a window: which rows there are, how they stand, what was found first
/// and what is left. Belongs to one thread.
namespace mars
{

/// How a row stands, worst first among those that have a result.
enum class RowState
{
    kError,
    kWarning,
    kAdvice,
    kCouldNotCheck,
    kManual,
    kPassed,
    kNotApplicable,
    kChecking,
    /// Not asked yet, or stopped before it was.
    kWaiting,
};

struct Row
{
    const RootCause* cause = nullptr;
    /// The step code on this page; the row's own where the page has none for a borrowed row, or has it for
    /// several.
    std::string code;
    bool borrowed = false;
    RowState state = RowState::kWaiting;
};

/// A page at a glance. What it found is counted of its own rows, so that the pages add up to the result; a
/// page that only borrows (of a symptom, of a plan) counts all its rows.
struct SectionSummary
{
    /// Of the rows that are counted: the worst one's; kChecking while none is wrong and some are being
    /// checked.
    RowState state = RowState::kWaiting;
    /// These three and `notApplicable` of everything that the page shows.
    std::size_t rows = 0;
    std::size_t checking = 0;
    std::size_t waiting = 0;
    std::size_t problems = 0;
    /// Problems that are counted elsewhere: of borrowed rows, and, where the page only borrows, all those
    /// that it does not show.
    std::size_t problemsElsewhere = 0;
    /// The page has no rows of its own.
    bool onlyBorrows = false;
    std::size_t advice = 0;
    std::size_t couldNotCheck = 0;
    std::size_t manual = 0;
    std::size_t notApplicable = 0;
    bool operator==(const SectionSummary&) const = default;
};

/// How the problems have come along since the first look.
enum class Course
{
    kNoneFound,
    /// There are some, and not fewer than at first.
    kFound,
    kSomeLeft,
    kNoneLeft,
};

/// One line of "before and after".
struct Comparison
{
    const RootCause* cause = nullptr;
    RowState before = RowState::kWaiting;
    RowState now = RowState::kWaiting;
};

class WizardModel
{
public:
    explicit WizardModel(std::span<const Section* const> sections)
        : m_sections(sections.begin(), sections.end())
    {}

    const std::vector<const Section*>& Sections() const
    {
        return m_sections;
    }

    void BeginChecks(std::span<const RootCause* const> causes);
    void SetResult(const CheckResult& result);
    /// What is still marked as being checked, was not.
    void EndChecks();

    /// The root cause's own rows and those that the page borrows, in the page's order.
    std::vector<Row> Rows(const Section& section) const;
    /// Each root cause of the page once.
    std::vector<const RootCause*> RootCausesOf(const Section& section) const;
    RowState StateOf(const RootCause& cause) const;
    SectionSummary Summary(const Section& section) const;
    /// Of several root causes, as on a page.
    RowState StateOf(std::span<const RootCause* const> causes) const;
    /// Null: none of them is an error or a warning.
    const RootCause* FirstProblem(std::span<const RootCause* const> causes) const;
    /// The row to look at first: the worst, and of equals the first. Null: the page has none.
    const RootCause* WorstRow(const Section& section) const;

    /// Null when there is none yet. While a row is checked again, what was found last.
    const CheckResult* ResultOf(const RootCause& cause) const;
    std::size_t Checking() const
    {
        return m_checking.size();
    }
    std::size_t Checked() const
    {
        return m_now.size();
    }

    /// Of each root cause: what was found when it was first looked at.
    std::vector<CheckResult> AtFirst() const;
    /// What was a problem when first looked at or is one now, what cannot be told now, and what was begun.
    std::vector<Comparison> BeforeAndAfter() const;
    /// Errors and warnings, at first and now.
    std::size_t ProblemsAtFirst() const;
    std::size_t ProblemsNow() const;
    Course CourseOfProblems() const;
    /// There was a problem on this page when it was first looked at.
    bool HadProblem(const Section& section) const;

private:
    using Results = std::map<const RootCause*, CheckResult>;

    std::vector<const Section*> m_sections;
    std::vector<const RootCause*> m_checking;
    Results m_first;
    Results m_now;
};

RowState StateOf(const Outcome& outcome);
bool IsProblem(RowState state);

} // namespace mars
