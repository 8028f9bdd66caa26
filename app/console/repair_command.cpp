// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "change_text.h"
#include "commands.h"
#include "console_text.h"
#include "json.h"
#include "mars_agent.h"
#include "open_repairs.h"
#include "progress.h"
#include "repair.h"
#include "subject.h"

#include <algorithm>
#include <ostream>

namespace mars
{

namespace
{

/// The one root cause that the id or step code means. Null when it means none or several; the person was told
/// then.
const RootCause* FindOne(const std::string& id, const Console& console)
{
    const auto causes = ResolveSelector(id);
    if (causes.size() == 1)
    {
        return causes.front();
    }
    std::vector<std::string> names;
    for (const RootCause* cause : causes)
    {
        names.emplace_back(cause->id);
    }
    console.Refuse(causes.empty() ? "usage.unknown_id" : "usage.several_ids", {{"id", id}, {"ids", names}});
    return nullptr;
}

/// False where the repair has no such choice; the person was told then.
bool HasChoice(const RootCause& cause, const std::string& choice, const Console& console)
{
    if (choice.empty() || std::ranges::find(cause.choices, choice) != cause.choices.end())
    {
        return true;
    }
    const Facts facts{{"option", "--choose"}, {"value", choice}};
    console.Refuse(cause.choices.empty() ? "usage.not_for_this_repair" : "usage.bad_value", facts);
    return false;
}

RepairResult ApplyPlan(RepairEngine& engine, const RepairResult& planned, const Given& given,
    const RepairOptions& repairOptions, const Console& console)
{
    Progress progress(console);
    const auto tell = [&](std::size_t step, std::uint64_t, std::uint64_t) {
        progress.Show(step + 1, planned.steps.size(),
            ChangeSentence(planned.steps[step].change, console.knowledge, console.language));
    };
    return engine.Apply(planned, given, repairOptions, tell, console.host.Stop());
}

int ExitCodeOf(const RepairResult& result)
{
    switch (result.status)
    {
    case RepairStatus::kPlanned:
    case RepairStatus::kNothingToDo:
        return exit_code::kGood;
    case RepairStatus::kApplied:
        return result.verified ? exit_code::kGood : exit_code::kProblem;
    case RepairStatus::kRolledBack:
    case RepairStatus::kStopped:
        return exit_code::kProblem;
    case RepairStatus::kFailed:
        return result.applied ? exit_code::kProblem : exit_code::kNotDone;
    default:
        return exit_code::kNotDone;
    }
}

} // namespace

int RepairCommand(const ConsoleOptions& options, const Console& console)
{
    const RootCause* cause = FindOne(options.subject, console);
    if (cause != nullptr && !options.from.empty() && !cause->needsFolder)
    {
        return console.Refuse("usage.not_for_this_repair", {{"option", "--from"}});
    }
    const bool understood = cause != nullptr && HasChoice(*cause, options.choice, console);
    auto subject = understood ? OpenSubject(options, console) : std::nullopt;
    if (!subject)
    {
        return exit_code::kWrongUsage;
    }
    subject->given.choice = options.choice;
    if (!options.from.empty())
    {
        subject->given.fromFolder =
            subject->recorded ? options.from : console.host.AbsolutePath(options.from);
    }
    // A recording has nothing to change and no journal; options.cpp refuses --yes for it.
    const bool live = !subject->recorded;
    RepairEngine engine(subject->machine, live ? console.host.Changer() : nullptr,
        live ? console.host.JournalFolder() : nullptr, MarsAgent());
    RepairOptions repairOptions;
    repairOptions.evenIfBusyUnknown = options.evenIfBusyUnknown;
    repairOptions.context = "console";
    RepairResult result = engine.MakePlan(*cause, subject->given, repairOptions, console.host.Stop());
    if (live && options.yes && result.status == RepairStatus::kPlanned)
    {
        result = ApplyPlan(engine, result, subject->given, repairOptions, console);
    }
    if (live)
    {
        TellOfInterruptedRepairs(console);
    }
    console.out << (options.format == OutputFormat::kJson
            ? RepairJson(result, console.knowledge, console.language)
            : RepairText(result, console.knowledge, console.language));
    return ExitCodeOf(result);
}

} // namespace mars
