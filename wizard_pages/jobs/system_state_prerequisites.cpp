// SPDX-License-Identifier: MIT
#include "agent.h"
#include "agent_tasks.h"
#include "questions/files.h"
#include "questions/registry.h"
#include "questions/services.h"
#include "questions/tasks.h"
#include "root_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace mars::jobs
{
namespace
{

/// Where Server Manager keeps what Get-WindowsFeature shows, by the feature's name: 0 is "not installed"
/// (learn.microsoft.com, "Remote desktop disconnected with license error", which asks there for a role).
/// It is kept from the last time that somebody asked, so it counts only together with what is there.
constexpr const char* kFeature = "HKLM\\SOFTWARE\\Microsoft\\ServerManager\\ServicingStorage\\"
                                 "ServerComponentCache\\Windows-Server-Backup";
/// The module of Get-WBJob. Microsoft's article on the system state takes a Get-WBJob that is not known for
/// a feature that is not installed. wbadmin.exe is there without the feature and tells nothing.
constexpr const char* kModule =
    "\\System32\\WindowsPowerShell\\v1.0\\Modules\\WindowsServerBackup\\WindowsServerBackup.psd1";
/// Block Level Backup Engine Service: what does the work.
constexpr const char* kService = "wbengine";

constexpr std::size_t kMostPaths = 20;

/// Absent: the system state is not in the schedule.
Answer<bool> IsScheduled(const MachineView& machine)
{
    const auto list = machine.Ask(ListTasks{kTaskFolder});
    if (list.HasFailed())
    {
        return list.Error();
    }
    const auto isIt = [](const ScheduledTask& task) { return IsSystemStateTask(task.path); };
    return list && std::ranges::any_of(list->tasks, isIt) ? Answer<bool>(true) : Absent{};
}

// ---- The feature

struct Feature
{
    /// Empty where the signs do not agree, or do not tell.
    std::optional<bool> installed;
    bool serviceDisabled = false;
    std::optional<Failure> failure;
};

Feature ReadFeature(const MachineView& machine, const std::string& module)
{
    const auto service = machine.Ask(QueryService{kService});
    const auto file = machine.Ask(ReadFileInfo{module});
    const auto state = machine.Ask(ReadRegistryValue{{kFeature, "InstallState"}});
    Feature feature;
    if (service.HasFailed())
    {
        feature.failure = service.Error();
    }
    else if (file.HasFailed())
    {
        feature.failure = file.Error();
    }
    const bool isNotInstalled = state && state->AsDword() == 0U;
    if (service && file)
    {
        feature.installed = true;
    }
    else if (file.IsAbsent() && (service.IsAbsent() || isNotInstalled))
    {
        feature.installed = false;
    }
    feature.serviceDisabled = service && service->startType == StartType::kDisabled;
    return feature;
}

// ---- Paths of services

/// The one fault of a path that is documented to break the system state (KB 4053355): it begins with a
/// backslash that belongs to nothing. "\SystemRoot\", "\??\" and "\Device\" are names of Windows' own, and
/// two backslashes begin a share or "\\?\".
bool HasStrayBackslash(const ServiceImage& service)
{
    const std::string& path = service.imagePath;
    return path.starts_with('\\') && !path.starts_with("\\\\") && !path.starts_with("\\??\\")
        && !StartsWithIgnoreCase(path, "\\SystemRoot\\") && !StartsWithIgnoreCase(path, "\\Device\\");
}

std::vector<std::string> PathsToMend(const ServiceImageList& list)
{
    std::vector<std::string> paths;
    for (const ServiceImage& service : list.services)
    {
        if (HasStrayBackslash(service) && paths.size() < kMostPaths)
        {
            paths.push_back(fmt::format("{}: {}", service.name, service.imagePath));
        }
    }
    return paths;
}

// ---- Together

Outcome FoundProblem(const char* name, Facts facts)
{
    facts["case"] = std::string(name);
    return Outcome::Problem(Level::kError, std::move(facts));
}

Outcome Judge(const Feature& feature, const Answer<ServiceImageList>& services, Facts facts)
{
    const std::vector<std::string> paths = services ? PathsToMend(*services) : std::vector<std::string>();
    if (feature.installed == false)
    {
        facts["feature_missing"] = true;
        return FoundProblem("feature_missing", std::move(facts));
    }
    if (feature.serviceDisabled)
    {
        facts["service_disabled"] = true;
        return FoundProblem("service_disabled", std::move(facts));
    }
    if (!paths.empty())
    {
        facts["paths"] = paths;
        return FoundProblem("stray_backslash", std::move(facts));
    }
    if (!feature.installed)
    {
        return Outcome::CouldNotCheck(
            feature.failure.value_or(Failure{code::kNotSupported, "Windows-Server-Backup"}),
            std::move(facts));
    }
    if (!services)
    {
        return Outcome::CouldNotCheck(
            services.HasFailed() ? services.Error() : Failure{code::kNotSupported, "list services"},
            std::move(facts));
    }
    facts["service_count"] = static_cast<std::int64_t>(services->services.size());
    return Outcome::Passed(std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto scheduled = IsScheduled(machine);
    if (!scheduled)
    {
        return scheduled.HasFailed()
            ? Outcome::CouldNotCheck(scheduled.Error())
            : Outcome::Passed({{"case", "not_scheduled"}, {"task", kSystemStateTask}});
    }
    const auto windows = machine.Ask(FindFolder{KnownFolder::kWindows});
    if (!windows)
    {
        return Outcome::CouldNotCheck(
            windows.HasFailed() ? windows.Error() : Failure{code::kNotSupported, "find Windows' folder"});
    }
    const std::string module = windows->path + kModule;
    return Judge(ReadFeature(machine, module), machine.Ask(ListServiceImages{}),
        {{"task", kSystemStateTask}, {"module", module}, {"service", kService}});
}

} // namespace

const RootCause& SystemStatePrerequisites()
{
    static constexpr RootCause kCause{
        "jobs.system_state_prerequisites", "J-6", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::jobs
