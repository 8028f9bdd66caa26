// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_events.h"
#include "log_findings.h"
#include "number.h"
#include "questions/events.h"
#include "questions/failed_files.h"
#include "questions/log.h"
#include "questions/protection.h"
#include "root_cause.h"
#include "scratch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::basics
{
namespace
{

/// Where Microsoft places filters by what they do: the names of the groups, and the altitudes that go with
/// them.
struct Kind
{
    std::string_view name;
    std::string_view group;
    double lowest;
    double highest;
};
constexpr std::array kKinds{Kind{"antivirus", "FSFilter Anti-Virus", 320000, 329999},
    Kind{"backup", "FSFilter Continuous Backup", 280000, 289999},
    Kind{"backup", "FSFilter Open File", 100000, 109999}};

/// Microsoft's own antivirus and backup, where the file does not tell its maker: other rows judge them.
constexpr std::array<std::string_view, 3> kOwnDrivers{"WdFilter", "MpFilter", "DpmFilter"};

const Kind* KindOf(const FilterDriver& driver)
{
    // "328010" or "328010.5".
    const auto altitude = ParseDecimal(driver.altitude);
    const auto found = std::ranges::find_if(kKinds, [&](const Kind& kind) {
        const bool placed = altitude && *altitude >= kind.lowest && *altitude <= kind.highest;
        return placed || EqualsIgnoreCase(driver.group, kind.group);
    });
    return found == kKinds.end() ? nullptr : &*found;
}

bool IsOwn(const FilterDriver& driver)
{
    return StartsWithIgnoreCase(driver.company, "Microsoft Corporation")
        || std::ranges::any_of(
            kOwnDrivers, [&](auto name) { return EqualsIgnoreCase(driver.service, name); });
}

/// "WidgetAV Filter (widgetflt, antivirus)"
std::string Describe(const FilterDriver& driver, const Kind& kind)
{
    std::string name = driver.company;
    if (!driver.product.empty())
    {
        name += (name.empty() ? "" : " ") + driver.product;
    }
    return name.empty() ? fmt::format("{} ({})", driver.service, kind.name)
                        : fmt::format("{} ({}, {})", name, driver.service, kind.name);
}

/// What another product has to leave alone: of this agent, or where it would be installed.
std::vector<std::string> ExclusionsFor(const MachineView& machine)
{
    constexpr const char* kUsualFolder = "C:\\Program Files\\Microsoft Azure Recovery Services Agent";
    const Agent agent = FindAgent(machine).ValueOr(Agent{kUsualFolder, true});
    return {FindScratchFolder(machine, agent).ValueOr(agent.DefaultScratchFolder()), agent.BinFolder(),
        agent.EngineFile()};
}

/// How files look that another product holds: access denied, in use, locked (the troubleshooting article and
/// winerror.h).
constexpr std::array<std::uint32_t, 3> kHeldFile{0x80070005, 0x80070020, 0x80070021};
/// The same of the agent's own files, and of reading the data: errors for which the documents ask to look for
/// such products first.
constexpr std::array<std::string_view, 4> kHeldFileErrors{"SalChecksumStoreInitializationFailed",
    "SalVhdInitializationError", "MaxFailedFilesReachedInBackup", "BackupRead failed on file("};

/// When a backup last succeeded without a warning: files that are skipped make it a warning. The beginning of
/// time where the events know of none; nothing where they cannot be read.
std::optional<Timestamp> LastWithoutWarning(const MachineView& machine)
{
    constexpr std::uint32_t kSucceeded = 3;
    const auto events = ReadAgentEvents(machine, {1, 3, 10, 11});
    if (events.HasFailed())
    {
        return std::nullopt;
    }
    const EventList list = events.ValueOr({});
    const auto found = std::ranges::find(list.events, kSucceeded, &EventInfo::id);
    return found == list.events.end() ? Timestamp{} : found->time;
}

void AddSkippedFiles(
    const MachineView& machine, const Agent& agent, Timestamp since, std::vector<std::string>& signs)
{
    const auto list = machine.Ask(ReadFailedFiles{agent.LogFolder()});
    if (!list || list->written <= since)
    {
        return;
    }
    for (const FailedFileGroup& group : list->groups)
    {
        if (std::ranges::find(kHeldFile, group.code) != kHeldFile.end())
        {
            signs.push_back(fmt::format("{} 0x{:08X}: {}", list->name, group.code, group.files));
        }
    }
}

/// What the agent wrote down since that looks like files which another product holds. Empty as well where it
/// cannot be read: then nothing more than the product itself is known.
std::vector<std::string> FindSigns(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    const auto since = agent ? LastWithoutWarning(machine) : std::nullopt;
    std::vector<std::string> signs;
    if (!since)
    {
        return signs;
    }
    AddSkippedFiles(machine, *agent, *since, signs);
    const auto scan = machine.Ask(ScanAgentLogs{agent->LogFolder(), LogErrorPatterns(), true});
    if (scan)
    {
        for (const LogFinding& finding : FindLogErrors(*scan, *since))
        {
            if (std::ranges::find(kHeldFileErrors, finding.error->text) != kHeldFileErrors.end())
            {
                signs.push_back(fmt::format("{} ({})", finding.error->Name(), ToIso8601(finding.newest)));
            }
        }
    }
    return signs;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto drivers = machine.Ask(ListFilterDrivers{});
    if (!drivers)
    {
        return Outcome::CouldNotCheck(
            drivers.HasFailed() ? drivers.Error() : Failure{code::kNotSupported, "list filter drivers"});
    }
    std::vector<std::string> found;
    for (const FilterDriver& driver : drivers->drivers)
    {
        const Kind* kind = driver.running && !IsOwn(driver) ? KindOf(driver) : nullptr;
        if (kind != nullptr)
        {
            found.push_back(Describe(driver, *kind));
        }
    }
    Facts facts{{"drivers", static_cast<std::int64_t>(drivers->drivers.size())}};
    if (found.empty())
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["found"] = std::move(found);
    facts["exclusions"] = ExclusionsFor(machine);
    std::vector<std::string> signs = FindSigns(machine);
    if (signs.empty())
    {
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    facts["case"] = "files_held";
    facts["signs"] = std::move(signs);
    return Outcome::Problem(Level::kWarning, std::move(facts));
}

} // namespace

const RootCause& InterferingSoftware()
{
    static constexpr RootCause kCause{
        "basics.interfering_software", "B-6", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
