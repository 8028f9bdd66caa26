// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::credentials
{

const Section& ThisSection()
{
    static const Section section{"credentials", {}, {}};
    return section;
}

} // namespace mars::credentials
