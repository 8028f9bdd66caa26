// SPDX-License-Identifier: MIT
#include "root_cause.h"

namespace mars::restore
{
namespace
{

/// The last resort; whether it is needed is known to the person alone.
Outcome Detect(const MachineView&, const Given&)
{
    return Outcome::Manual();
}

} // namespace

const RootCause& StillFailing()
{
    static constexpr RootCause kCause{
        "restore.still_failing", "R-8", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::restore
