// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::encryption
{

const Section& ThisSection()
{
    static const Section section{"encryption", {}, {}};
    return section;
}

} // namespace mars::encryption
