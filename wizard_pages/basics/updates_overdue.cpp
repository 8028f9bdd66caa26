// SPDX-License-Identifier: MIT
#include "questions/computer.h"
#include "questions/programs.h"
#include "root_cause.h"

#include <chrono>

namespace mars::basics
{
namespace
{

constexpr std::chrono::days kLongest{45};

struct Found
{
    InstalledUpdate update;
    UpdateSource source;
};

/// The packages that are installed; where they name no update, what Windows Update wrote down.
Answer<Found> FindNewest(const MachineView& machine)
{
    std::optional<Failure> why;
    for (const UpdateSource source : {UpdateSource::kPackages, UpdateSource::kHistory})
    {
        const auto newest = machine.Ask(FindNewestUpdate{source});
        if (newest)
        {
            return Found{*newest, source};
        }
        if (newest.HasFailed() && !why)
        {
            why = newest.Error();
        }
    }
    return why.value_or(Failure{code::kNotSupported, "find the newest update"});
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto clock = machine.Ask(ReadClock{});
    if (clock.HasFailed())
    {
        return Outcome::CouldNotCheck(clock.Error());
    }
    const auto newest = FindNewest(machine);
    if (!newest)
    {
        return Outcome::CouldNotCheck(newest.Error());
    }
    const auto age = clock->now - newest->update.installed;
    Facts facts{{"update", newest->update.name}, {"installed", newest->update.installed},
        {"source", std::string(WordOf(newest->source))},
        {"days", std::int64_t{std::chrono::floor<std::chrono::days>(age).count()}}};
    return age > kLongest ? Outcome::Problem(Level::kWarning, std::move(facts))
                          : Outcome::Passed(std::move(facts));
}

} // namespace

const RootCause& UpdatesOverdue()
{
    static constexpr RootCause kCause{
        "basics.updates_overdue", "B-7", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
