// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::restore
{

const Section& ThisSection()
{
    static const Section section{"restore", {}, {}};
    return section;
}

} // namespace mars::restore
