// SPDX-License-Identifier: MIT
#include "agent.h"
#include "backup_tasks.h"
#include "questions/computer.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "root_cause.h"
#include "text.h"

namespace mars::scheduling
{
namespace
{

constexpr const char* kUninstallKey = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
constexpr const char* kProductName = "Microsoft Azure Recovery Services Agent";

std::optional<std::string> ReadText(const MachineView& machine, const std::string& key, const char* name)
{
    const auto value = machine.Ask(ReadRegistryValue{{key, name}});
    return value ? value->AsString() : std::nullopt;
}

/// The InstallDate of one entry of the list of installed programs: yyyymmdd, a day of local time.
std::optional<std::chrono::sys_days> ReadInstallDay(const MachineView& machine, const std::string& key)
{
    const auto name = ReadText(machine, key, "DisplayName");
    const auto date = ReadText(machine, key, "InstallDate");
    if (!name || Trim(*name) != kProductName || !date || date->size() != 8)
    {
        return std::nullopt;
    }
    const auto midnight =
        FromIso8601(date->substr(0, 4) + '-' + date->substr(4, 2) + '-' + date->substr(6, 2) + "T00:00:00Z");
    return midnight ? std::optional(std::chrono::floor<std::chrono::days>(*midnight)) : std::nullopt;
}

/// The newest, because there can be several entries. Nothing where the list does not tell: the program file
/// does.
std::optional<std::chrono::sys_days> FindInstallDay(const MachineView& machine)
{
    const auto list = machine.Ask(ListRegistryKey{kUninstallKey});
    std::optional<std::chrono::sys_days> newest;
    for (const std::string& key : list.ValueOr({}).keys)
    {
        newest = std::max(newest, ReadInstallDay(machine, JoinPath(kUninstallKey, key)));
    }
    return newest;
}

/// The list of programs knows the day only; on that day, and without a list, the program's file tells the
/// time.
bool StartedBefore(
    const ClockReading& clock, std::optional<std::chrono::sys_days> installDay, const FileInfo& engine)
{
    const auto bootDay =
        std::chrono::floor<std::chrono::days>(clock.booted + std::chrono::minutes(clock.utcOffsetMinutes));
    return installDay && bootDay != *installDay ? bootDay < *installDay : clock.booted < engine.created;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    if (const auto end = WhyManagedByDpm(machine))
    {
        return *end;
    }
    const auto clock = machine.Ask(ReadClock{});
    const auto engine = machine.Ask(ReadFileInfo{agent->EngineFile()});
    if (!clock || !engine)
    {
        return Outcome::CouldNotCheck(clock.HasFailed() ? clock.Error()
                : engine.HasFailed()                    ? engine.Error()
                                     : Failure{code::kNotSupported, "read the time of the installation"});
    }
    const auto installDay = FindInstallDay(machine);
    Facts facts{{"started", clock->booted},
        {"installed", installDay ? ToIso8601(*installDay).substr(0, 10) : ToIso8601(engine->created)}};
    if (!StartedBefore(*clock, installDay, *engine))
    {
        return Outcome::Passed(std::move(facts));
    }
    // Without an answer about the last run only the level is not proven.
    const auto failed = FindFailedRuns(machine).ValueOr({});
    if (failed.empty())
    {
        facts["case"] = "not_restarted";
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    facts["case"] = "last_run_failed";
    facts["failed_runs"] = failed;
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

} // namespace

const RootCause& NotRestartedSinceInstall()
{
    static constexpr RootCause kCause{
        "scheduling.not_restarted_since_install", "S-9", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
