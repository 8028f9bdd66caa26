// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace stand_in
{

/// What the scheduler knows of a task beside its XML. One small XML file each, so that a test can write it
/// too: <state keepsPassword="true" lastTaskResult="0x41303" lastRunTime="2024-05-01T21:00:00" .../>
struct TaskState
{
    bool keepsPassword = false;
    /// Absent: never ran.
    std::optional<std::uint32_t> lastTaskResult;
    int missedRuns = 0;
    int runningInstances = 0;
    /// How often the task was started through this stand-in.
    int runs = 0;
    /// Local time as YYYY-MM-DDTHH:MM:SS; empty = none.
    std::string lastRunTime;
    std::string nextRunTime;
    std::string security = "O:BAG:BAD:(A;;FA;;;BA)(A;;FA;;;SY)";
    /// For tests of failure: every change of the task ends with this HRESULT.
    std::uint32_t changesFailWith = 0;
};

/// Tasks on disk: `tasks\<folder>\<name>` holds the XML as it was given, `tasks.state\<folder>\<name>` the
/// rest. Paths are those of the scheduler, `\Microsoft\OnlineBackup\Name`; the root folder is `\`.
class TaskStore
{
public:
    TaskStore();

    bool HasFolder(const std::wstring& path) const;
    bool HasTask(const std::wstring& path) const;
    /// Names without their folder, sorted.
    std::vector<std::wstring> FolderNames(const std::wstring& path) const;
    std::vector<std::wstring> TaskNames(const std::wstring& path) const;

    bool CreateFolder(const std::wstring& path) const;
    bool DeleteFolder(const std::wstring& path) const;

    std::wstring ReadXml(const std::wstring& path) const;
    bool WriteXml(const std::wstring& path, const std::wstring& xml) const;
    TaskState ReadState(const std::wstring& path) const;
    bool WriteState(const std::wstring& path, const TaskState& state) const;
    bool DeleteTask(const std::wstring& path) const;

private:
    std::filesystem::path m_tasks;
    std::filesystem::path m_states;
};

} // namespace stand_in
