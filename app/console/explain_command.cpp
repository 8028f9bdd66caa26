// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "console_text.h"
#include "error_match.h"
#include "json.h"

#include <ostream>

namespace mars
{

namespace
{

/// An id or step code first: what is one of ours is no error text.
std::vector<ErrorMatch> FindMatches(const std::string& text, const Console& console)
{
    std::vector<ErrorMatch> matches;
    for (const RootCause* cause : ResolveSelector(Trim(text)))
    {
        matches.push_back(MatchOf(*cause, console.knowledge, console.language));
    }
    return matches.empty() ? MatchErrors(text, AllRootCauses(), console.knowledge, console.language)
                           : matches;
}

} // namespace

int ExplainCommand(const ConsoleOptions& options, const Console& console)
{
    const std::vector<ErrorMatch> matches = FindMatches(options.subject, console);
    console.out << (options.format == OutputFormat::kJson
            ? ExplainJson(matches)
            : ExplainText(matches, console.knowledge, console.language));
    return matches.empty() ? exit_code::kProblem : exit_code::kGood;
}

} // namespace mars
