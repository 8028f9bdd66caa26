// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(TaskMissing) \
    ROW(TaskDisabled) \
    ROW(TriggerDisabled) \
    ROW(WrongAccount) \
    ROW(PowershellOutdated) \
    ROW(ModulePathMissing) \
    ROW(ExecutionPolicyRestricted) \
    ROW(ModuleDamaged) \
    ROW(NotRestartedSinceInstall) \
    ROW(WindowsServerBackupConflict) \
    ROW(OverlappingRuns) \
    ROW(LastRunFailed) \
    ROW(PowershellMissingInAction) \
    ROW(PolicyPaused)

namespace mars::scheduling
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    static const Section section{"scheduling", rootCauses, {}};
    return section;
}

} // namespace mars::scheduling
