// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::basics
{

const Section& ThisSection()
{
    static const Section section{"basics", {}, {}};
    return section;
}

} // namespace mars::basics
