// SPDX-License-Identifier: MIT
#include "catalogue.h"
#include "commands.h"
#include "support_plan.h"
#include "version.h"

#include <algorithm>
#include <chrono>

namespace mars
{

namespace
{

/// Adds the note of "ID=TEXT" to each step that it means. False when it means none.
bool AddNote(const std::string& note, SupportPlan& plan)
{
    const std::size_t equals = note.find('=');
    if (equals == std::string::npos)
    {
        return false;
    }
    const auto causes = ResolveSelector(note.substr(0, equals));
    bool found = false;
    for (SupportStep& step : plan.steps)
    {
        if (std::ranges::find(causes, step.cause) != causes.end())
        {
            step.note = note.substr(equals + 1);
            found = true;
        }
    }
    return found;
}

} // namespace

int PlanCommand(const ConsoleOptions& options, const Console& console)
{
    SupportPlan plan;
    plan.made = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    plan.toolVersion = kToolVersion;
    for (const std::string& id : options.steps)
    {
        const auto causes = ResolveSelector(id);
        if (causes.empty())
        {
            return console.Refuse("usage.unknown_id", {{"id", id}});
        }
        for (const RootCause* cause : causes)
        {
            plan.steps.push_back({cause, {}});
        }
    }
    for (const std::string& note : options.notes)
    {
        if (!AddNote(note, plan))
        {
            return console.Refuse("usage.note_without_step", {{"note", note}});
        }
    }
    return console.Deliver(FormatSupportPlan(plan), options.out) ? exit_code::kGood : exit_code::kWrongUsage;
}

} // namespace mars
