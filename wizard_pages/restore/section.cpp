// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(MountStuck) \
    ROW(IscsiDeviceMissing) \
    ROW(IscsiDriverMissing) \
    ROW(IscsiServiceStopped) \
    ROW(SanPolicyOffline) \
    ROW(IscsiTargetStale) \
    ROW(StillFailing)

namespace mars::restore
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    static constexpr std::array borrowed{BorrowedRow{"R-2", "basics.agent_outdated"}};
    static const Section section{"restore", rootCauses, borrowed};
    return section;
}

} // namespace mars::restore
