// SPDX-License-Identifier: MIT
#pragma once

#include "text.h"

#include <string_view>

/// The tasks of Task Scheduler that start the agent's backups. Their names are the same in every language.
namespace mars
{

inline constexpr const char* kTaskFolder = "\\Microsoft\\OnlineBackup";
/// The agent makes it when the system state is put into the schedule.
inline constexpr const char* kSystemStateTask = "Microsoft-OnlineBackup-SystemStateBackup";

/// `path` with or without the folder.
inline bool IsSystemStateTask(std::string_view path)
{
    return EqualsIgnoreCase(FileNameOf(path), kSystemStateTask);
}

} // namespace mars
