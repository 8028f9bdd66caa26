// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::connectivity
{

const Section& ThisSection()
{
    static const Section section{"connectivity", {}, {}};
    return section;
}

} // namespace mars::connectivity
