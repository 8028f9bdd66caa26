// SPDX-License-Identifier: MIT
#pragma once

#include "catalogue.h"
#include "questions/events.h"
#include "questions/files.h"
#include "test_support.h"

#include <string>

/// Short ways to break the past of the healthy server.
namespace mars::test
{

inline const std::string kLogFolder = std::string(kInstallPath) + "Temp";
inline const ReadEvents kEndsOfJobs{"CloudBackup", {1, 3, 10, 11}};
inline const ReadFileInfo kEngineFile{std::string(kInstallPath) + "bin\\cbengine.exe"};

/// Checks of past jobs end the same way where there is no agent, or where that cannot be told.
inline void CheckNeedsTheAgent(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(kEngineFile, Absent{});
    CheckNotApplicable(Detect(cause, machine), reason::kAgentMissing);
    machine.Set(kEngineFile, Failure{code::kAccessDenied, "GetFileAttributesEx"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
}

} // namespace mars::test
