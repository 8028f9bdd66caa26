// SPDX-License-Identifier: MIT
#pragma once

#include "questions/failed_files.h"
#include "questions/log.h"
#include "windows_machine.h"

namespace mars
{

Answer<LogScan> AskWindows(
    const ScanAgentLogs& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<LogScans> AskWindows(
    const SearchAgentLogs& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<LogScan> AskWindows(
    const ScanConsoleLogs& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<LogScan> AskWindows(
    const ScanInstallLogs& question, const WindowsMachineOptions& options, const Wait& wait);

Answer<FailedFiles> AskWindows(
    const ReadFailedFiles& question, const WindowsMachineOptions& options, const Wait& wait);

} // namespace mars
