// SPDX-License-Identifier: MIT
#pragma once

#include "questions/log.h"
#include "view.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the logs of the agent's installation tell of its end. The agent is installed by Windows Installer,
/// whose log says "MainEngineThread is returning 1603" in every language.
namespace mars
{

/// Of the documented errors of Windows Installer those that are looked for: fatal, no source, busy, two of a
/// package that cannot be opened, transform not applied, not permitted, no temporary folder, wrong Windows.
std::vector<std::uint32_t> InstallErrors();

/// The text that the log has for each of these and, after them, for a success.
std::vector<std::string> InstallEndPatterns();

struct InstallEnd
{
    Timestamp time;
    /// 0: it succeeded.
    std::uint32_t error = 0;
};

/// The newest end that was found. Nothing: none. Of a success a recording of version 0.1.0 knows nothing.
std::optional<InstallEnd> FindNewestInstallEnd(const LogScan& scan);

} // namespace mars
