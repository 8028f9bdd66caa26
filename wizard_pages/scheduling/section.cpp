// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::scheduling
{

const Section& ThisSection()
{
    static const Section section{"scheduling", {}, {}};
    return section;
}

} // namespace mars::scheduling
