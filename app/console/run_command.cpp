// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "formats.h"
#include "json.h"
#include "mars_agent.h"
#include "open_repairs.h"
#include "progress.h"
#include "result_code.h"
#include "run_document.h"
#include "subject.h"

#include <algorithm>
#include <future>
#include <ostream>

namespace mars
{

namespace
{

std::string Render(const RunReport& report, OutputFormat format, const Console& console)
{
    if (format == OutputFormat::kJson)
    {
        return RunJson(report, console.knowledge, console.language);
    }
    const auto document = [&](Language language) { return RunDocument(report, console.knowledge, language); };
    return FormatNamed(WordOf(format)).write(document, console.language);
}

RunReport MakeReport(const Subject& subject, std::span<const RootCause* const> causes,
    const ConsoleOptions& options, const Console& console)
{
    Pass pass(subject.machine, subject.given, MarsAgent(), options.timeout);
    pass.Expect(causes);
    Progress progress(console);
    std::size_t done = 0;
    // A run of single pages or checks does not wait for a log that may have gigabytes. JSON has them as facts
    // of the checks.
    const bool withRecords = options.sections.empty() && options.checks.empty() && options.plan.empty()
        && options.format != OutputFormat::kJson;
    std::future<Records> records;
    if (withRecords)
    {
        records = std::async(std::launch::async,
            [&] { return ReadRecords(pass.View(console.host.Stop()), console.knowledge); });
    }
    const auto tell = [&](const CheckResult& result) {
        progress.Show(++done, causes.size(), console.knowledge.Subject(result.cause->id, console.language));
    };
    RunReport report = MakeRunReport(pass, causes, "mars-check", tell, console.host.Stop());
    report.recorded = subject.recorded;
    if (withRecords)
    {
        report.records = records.get();
    }
    return report;
}

/// What earlier repairs changed here. Looking makes no folder.
void AddChanges(RunReport& report, const Subject& subject, const Console& console)
{
    const auto folder = subject.recorded ? nullptr : console.host.JournalFolder();
    if (folder == nullptr)
    {
        return;
    }
    auto changes = RepairEngine(subject.machine, console.host.Changer(), folder, MarsAgent()).ListUndo();
    report.changes = changes.ValueOr({});
    report.changesFailure = changes.HasFailed() ? std::optional(changes.Error()) : std::nullopt;
}

/// Each check once, in the plan's order.
std::optional<std::vector<const RootCause*>> ChecksOf(const SupportPlan& plan)
{
    std::vector<const RootCause*> causes;
    for (const SupportStep& step : plan.steps)
    {
        if (std::ranges::find(causes, step.cause) == causes.end())
        {
            causes.push_back(step.cause);
        }
    }
    return causes;
}

int ExitCodeOf(const RunReport& report)
{
    if (report.Count(Level::kError) + report.Count(Level::kWarning) != 0)
    {
        return exit_code::kProblem;
    }
    return report.Count(OutcomeKind::kCouldNotCheck) != 0 ? exit_code::kNotDone : exit_code::kGood;
}

} // namespace

int RunCommand(const ConsoleOptions& options, const Console& console)
{
    std::optional<SupportPlan> plan;
    if (!options.plan.empty())
    {
        plan = OpenPlan(options.plan, console);
        if (!plan)
        {
            return exit_code::kWrongUsage;
        }
    }
    const auto causes = plan ? ChecksOf(*plan) : SelectChecks(options, console);
    if (!causes)
    {
        return exit_code::kWrongUsage;
    }
    const auto subject = OpenSubject(options, console);
    if (!subject)
    {
        return exit_code::kWrongUsage;
    }
    RunReport report = MakeReport(*subject, *causes, options, console);
    report.plan = plan ? std::move(plan->steps) : std::vector<SupportStep>();
    AddChanges(report, *subject, console);
    report.code = causes->size() == AllRootCauses().size() ? ResultCode(report.Results(), AllRootCauses())
                                                           : std::string();
    if (!subject->recorded)
    {
        TellOfInterruptedRepairs(console);
    }
    return console.Deliver(Render(report, options.format, console), options.out) ? ExitCodeOf(report)
                                                                                 : exit_code::kWrongUsage;
}

} // namespace mars
