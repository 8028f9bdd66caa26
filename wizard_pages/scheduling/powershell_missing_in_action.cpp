// SPDX-License-Identifier: MIT
#include "backup_tasks.h"
#include "expand.h"
#include "questions/files.h"
#include "root_cause.h"
#include "text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace mars::scheduling
{
namespace
{

/// Where Windows looks for a program without a folder.
constexpr std::array<const char*, 3> kSearched{
    "%SystemRoot%\\System32", "%SystemRoot%", "%SystemRoot%\\System32\\WindowsPowerShell\\v1.0"};

bool HasFolder(std::string_view path)
{
    return path.find_first_of("\\/:") != std::string_view::npos;
}

Answer<bool> IsFile(const MachineView& machine, const std::string& path)
{
    const auto info = machine.Ask(ReadFileInfo{path});
    return info.HasFailed() ? Answer<bool>(info.Error()) : info && !info->IsDirectory();
}

std::string WithEnding(std::string path)
{
    return FileNameOf(path).find('.') == std::string_view::npos ? path + ".exe" : path;
}

Answer<bool> ProgramExists(const MachineView& machine, const std::string& command)
{
    const auto expanded = ExpandVariables(machine, command);
    if (!expanded)
    {
        return expanded.Error();
    }
    std::string path(Trim(*expanded));
    std::erase(path, '"');
    if (path.empty())
    {
        return false;
    }
    if (HasFolder(path))
    {
        return IsFile(machine, WithEnding(path));
    }
    for (const char* folder : kSearched)
    {
        const auto where = ExpandVariables(machine, folder);
        const auto exists =
            where ? IsFile(machine, JoinPath(*where, WithEnding(path))) : Answer<bool>(where.Error());
        if (!exists || *exists)
        {
            return exists;
        }
    }
    return false;
}

Outcome Detect(const MachineView& machine, const Given&)
{
    const BackupTasks found = ReadBackupTasks(machine);
    if (found.end)
    {
        return *found.end;
    }
    std::vector<std::string> programs;
    std::vector<std::string> missing;
    std::vector<std::string> withoutAction;
    std::optional<Failure> failure;
    for (const BackupTask& task : found.tasks)
    {
        if (task.definition.actions.empty())
        {
            withoutAction.push_back(task.name);
        }
        for (const TaskAction& action : task.definition.actions)
        {
            const auto exists = ProgramExists(machine, action.command);
            std::string line = fmt::format("{}: {}", task.name, action.command);
            if (exists && !*exists)
            {
                missing.push_back(line);
            }
            else if (!exists && !failure)
            {
                failure = exists.Error();
            }
            programs.push_back(std::move(line));
        }
    }
    Facts facts{{"programs", std::move(programs)}};
    if (!missing.empty())
    {
        facts["case"] = "program_missing";
        facts["missing_programs"] = std::move(missing);
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    if (!withoutAction.empty())
    {
        facts["case"] = "no_action";
        facts["tasks_without_action"] = std::move(withoutAction);
        return Outcome::Problem(Level::kError, std::move(facts));
    }
    return failure ? Outcome::CouldNotCheck(*failure, std::move(facts))
                   : found.PassedUnlessUnreadable(std::move(facts));
}

} // namespace

const RootCause& PowershellMissingInAction()
{
    static constexpr RootCause kCause{
        "scheduling.powershell_missing_in_action", "S-13", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::scheduling
