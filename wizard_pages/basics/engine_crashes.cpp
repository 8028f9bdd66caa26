// SPDX-License-Identifier: MIT
#include "agent.h"
#include "last_backup.h"
#include "questions/computer.h"
#include "questions/events.h"
#include "questions/protection.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::basics
{
namespace
{

constexpr const char* kProgram = "cbengine.exe";
/// The file system filter of Azure File Sync, StorageSync.sys.
constexpr const char* kFileSyncDriver = "StorageSync";
/// Where no backup ever succeeded, an older crash may be one of an agent that is long gone.
constexpr std::chrono::days kLongAgo{30};

/// Crashes older than that are overcome.
Answer<Timestamp> ReadSince(const MachineView& machine)
{
    auto success = ReadLastSuccess(machine);
    if (!success.IsAbsent())
    {
        return success;
    }
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        return clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "read the clock"};
    }
    return clock->now - kLongAgo;
}

/// One crash leaves up to one event of each kind.
std::int64_t CountCrashes(const std::vector<CrashEvent>& events)
{
    const auto count = [&](auto... ids) {
        return std::ranges::count_if(
            events, [&](const CrashEvent& event) { return ((event.id == ids) || ...); });
    };
    return std::max({count(1000U), count(1026U), count(7031U, 7034U)});
}

/// Of the newest event that names a file.
void NameModule(const std::vector<CrashEvent>& events, Facts& facts)
{
    const auto named =
        std::ranges::find_if(events, [](const CrashEvent& one) { return !one.module.empty(); });
    if (named != events.end())
    {
        facts["module"] = named->module;
        facts["exception"] = fmt::format("0x{:08X}", named->exception);
    }
}

bool RunsFileSync(const MachineView& machine)
{
    const auto drivers = machine.Ask(ListFilterDrivers{});
    return std::ranges::any_of(drivers.ValueOr({}).drivers, [](const FilterDriver& driver) {
        return driver.running && EqualsIgnoreCase(driver.service, kFileSyncDriver);
    });
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto list = machine.Ask(ListCrashes{kProgram, kAgentService});
    if (!list)
    {
        return Outcome::CouldNotCheck(
            list.HasFailed() ? list.Error() : Failure{code::kNotSupported, "read Windows' event logs"});
    }
    std::vector<CrashEvent> events = list->events;
    if (events.empty())
    {
        return Outcome::Passed();
    }
    const auto since = ReadSince(machine);
    if (!since)
    {
        return Outcome::CouldNotCheck(since.Error());
    }
    std::erase_if(events, [&](const CrashEvent& event) { return event.time <= *since; });
    if (events.empty())
    {
        return Outcome::Passed({{"case", "passed_since"}, {"last", list->events.front().time}});
    }
    Facts facts{{"crashes", CountCrashes(events)}, {"last", events.front().time}};
    NameModule(events, facts);
    facts["case"] = facts.contains("module") ? "crashed_in" : "crashed";
    if (RunsFileSync(machine))
    {
        facts["file_sync"] = true;
        facts["case"] = "file_sync";
    }
    return Outcome::Problem(Level::kError, std::move(facts));
}

} // namespace

const RootCause& EngineCrashes()
{
    static constexpr RootCause kCause{
        "basics.engine_crashes", "B-16", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
