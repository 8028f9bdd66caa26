// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(AgentMissing) \
    ROW(AgentOutdated) \
    ROW(ServiceStopped) \
    ROW(ScratchSpaceLow) \
    ROW(AntivirusExclusionsMissing) \
    ROW(InterferingSoftware) \
    ROW(UpdatesOverdue) \
    ROW(UnsupportedVolumes) \
    ROW(ClockWrong) \
    ROW(DotnetOutdated) \
    ROW(Reregistration) \
    ROW(OfflineBackupPowershell) \
    ROW(AzureVm) \
    ROW(OsUnsupported) \
    ROW(RestartPending) \
    ROW(EngineCrashes) \
    ROW(ManagementServiceStopped) \
    ROW(InstallationFailed) \
    ROW(ServerRemoval)

namespace mars::basics
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    static const Section section{"basics", rootCauses, {}};
    return section;
}

} // namespace mars::basics
