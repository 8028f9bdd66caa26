// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(FilesSkipped) \
    ROW(RecentErrors) \
    ROW(FailedEvents) \
    ROW(ShadowServicesDisabled) \
    ROW(ShadowStorageLow) \
    ROW(SystemStatePrerequisites) \
    ROW(BackupSlow)

namespace mars::jobs
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    static const Section section{"jobs", rootCauses, {}};
    return section;
}

} // namespace mars::jobs
