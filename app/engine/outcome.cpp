// SPDX-License-Identifier: MIT
#include "outcome.h"

namespace mars
{

std::string Finding::ToString() const
{
    return (subject.empty() ? subject : subject + ": ") + token + (detail.empty() ? detail : " " + detail);
}

Outcome Outcome::Passed(Facts facts)
{
    return {OutcomeKind::kPassed, Level::kError, {}, {}, std::move(facts)};
}

Outcome Outcome::Problem(Level level, Facts facts)
{
    return {OutcomeKind::kProblem, level, {}, {}, std::move(facts)};
}

Outcome Outcome::NotApplicable(std::string reason, Facts facts)
{
    return {OutcomeKind::kNotApplicable, Level::kError, std::move(reason), {}, std::move(facts)};
}

Outcome Outcome::CouldNotCheck(Failure why, Facts facts)
{
    return {OutcomeKind::kCouldNotCheck, Level::kError, {}, std::move(why), std::move(facts)};
}

Outcome Outcome::Manual(Facts facts)
{
    return {OutcomeKind::kManual, Level::kError, {}, {}, std::move(facts)};
}

std::string Outcome::Text(const std::string& fact) const
{
    const auto found = facts.find(fact);
    const std::string* text = found == facts.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text ? *text : std::string();
}

} // namespace mars
