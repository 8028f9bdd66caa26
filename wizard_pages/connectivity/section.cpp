// SPDX-License-Identifier: MIT
#include "section.h"

#include <array>

// The order of the catalogue.
#define ROOT_CAUSES(ROW) \
    ROW(EndpointUnreachable) \
    ROW(ProxyNeedsLogin)

namespace mars::connectivity
{

ROOT_CAUSES(MARS_DECLARE_ROOT_CAUSE)

const Section& ThisSection()
{
    static const std::array rootCauses{ROOT_CAUSES(MARS_ROOT_CAUSE_ADDRESS)};
    static const Section section{"connectivity", rootCauses, {}};
    return section;
}

} // namespace mars::connectivity
