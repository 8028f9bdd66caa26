// SPDX-License-Identifier: MIT
#include "root_cause.h"

namespace mars::credentials
{
namespace
{

/// What the portal says in a browser, perhaps on another computer, leaves nothing on this one.
Outcome Detect(const MachineView&, const Given&)
{
    return Outcome::Manual();
}

} // namespace

const RootCause& DownloadRefused()
{
    static constexpr RootCause kCause{
        "credentials.download_refused", "V-12", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
