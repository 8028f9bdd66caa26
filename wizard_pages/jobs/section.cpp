// SPDX-License-Identifier: MIT
#include "section.h"

namespace mars::jobs
{

const Section& ThisSection()
{
    static const Section section{"jobs", {}, {}};
    return section;
}

} // namespace mars::jobs
