// SPDX-License-Identifier: MIT
#pragma once

#include "agent_versions.h"
#include "outcome.h"
#include "questions/files.h"
#include "view.h"

namespace mars::basics
{

/// What an agent of this version is by a table of versions.
Outcome JudgeAgentVersion(const MachineView& machine, const FileVersion& version, const AgentVersions& known);

} // namespace mars::basics
