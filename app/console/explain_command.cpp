// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "console_text.h"
#include "error_match.h"
#include "json.h"
#include "mars_agent.h"
#include "pass.h"
#include "progress.h"
#include "records.h"
#include "result_code.h"
#include "subject.h"
#include "xml_guard.h"

#include <future>
#include <ostream>

namespace mars
{

namespace
{

/// Somebody waits for just this, sees how far it is and can stop it: a log may have gigabytes.
constexpr std::chrono::minutes kPatience{30};

Records ReadWithProgress(const Subject& subject, const Console& console)
{
    constexpr std::chrono::milliseconds kStep{200};
    const Pass pass(subject.machine, subject.given, MarsAgent(), kPatience);
    const auto howFar = std::make_shared<HowFar>();
    auto reading = std::async(std::launch::async,
        [&] { return ReadRecords(pass.View(console.host.Stop(), howFar), console.knowledge); });
    Progress progress(console);
    while (reading.wait_for(kStep) != std::future_status::ready)
    {
        progress.Show(howFar->Percent(), 100, console.Text("records.reading"));
    }
    return reading.get();
}

int ExplainRecords(const ConsoleOptions& options, const Console& console)
{
    const auto subject = OpenSubject(options, console);
    if (!subject)
    {
        return exit_code::kWrongUsage;
    }
    const Records records = ReadWithProgress(*subject, console);
    console.out << (options.format == OutputFormat::kJson
            ? RecordsJson(records, console.knowledge, console.language)
            : RecordsText(records, console.knowledge, console.language));
    return records.entries.empty() ? exit_code::kProblem : exit_code::kGood;
}

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

/// What somebody read over the telephone.
int ExplainCode(const ConsoleOptions& options, const Console& console)
{
    const auto results = ReadResultCode(options.subject, AllRootCauses());
    if (!results)
    {
        const bool newer = results.HasFailed() && results.Error().code == code::kNewerFormat;
        return console.Refuse(
            newer ? "console.newer_code" : "console.wrong_code", {{"code", options.subject}});
    }
    console.out << (options.format == OutputFormat::kJson
            ? CodeJson(*results, console.knowledge, console.language)
            : CodeText(*results, console.knowledge, console.language));
    return results->empty() ? exit_code::kProblem : exit_code::kGood;
}

} // namespace

int ExplainCommand(const ConsoleOptions& options, const Console& console)
{
    if (options.records)
    {
        return ExplainRecords(options, console);
    }
    if (IsResultCode(options.subject))
    {
        return ExplainCode(options, console);
    }
    const std::vector<ErrorMatch> matches = FindMatches(options.subject, console);
    console.out << (options.format == OutputFormat::kJson
            ? ExplainJson(matches)
            : ExplainText(matches, console.knowledge, console.language));
    return matches.empty() ? exit_code::kProblem : exit_code::kGood;
}

} // namespace mars
