// SPDX-License-Identifier: MIT
#include "support_plan.h"

#include "catalogue.h"

#include <cstdlib>

/// Any bytes are read without harm; what is taken for a plan names checks of this program only, and is the
/// same plan when it is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto& causes = mars::AllRootCauses();
    const auto plan = mars::ParseSupportPlan({reinterpret_cast<const char*>(data), size}, causes);
    if (plan)
    {
        const auto again = mars::ParseSupportPlan(mars::FormatSupportPlan(*plan), causes);
        if (!again || again->steps != plan->steps)
        {
            std::abort();
        }
    }
    return 0;
}
