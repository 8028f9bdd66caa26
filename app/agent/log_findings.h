// SPDX-License-Identifier: MIT
#pragma once

#include "known_errors.h"
#include "log_errors.h"
#include "questions/log.h"

#include <cstdint>
#include <vector>

namespace mars
{

/// One documented error that the agent's log holds, with all its lines after a time.
struct LogFinding
{
    const LogError* error = nullptr;
    Timestamp newest;
    std::uint64_t lines = 0;
};

/// Whether that is the error of the log.
bool IsSameError(const KnownError& known, const LogError& error);

/// What a look at the log for LogErrorPatterns() found after `since`, the newest first.
std::vector<LogFinding> FindLogErrors(const LogScan& scan, Timestamp since);

} // namespace mars
