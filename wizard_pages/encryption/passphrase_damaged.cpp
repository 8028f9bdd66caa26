// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"

namespace mars::encryption
{
namespace
{

/// Whether the passphrase was damaged when it was stored shows only in the registration itself.
Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    return agent ? Outcome::Manual() : WithoutAgent(agent);
}

} // namespace

const RootCause& PassphraseDamaged()
{
    static constexpr RootCause kCause{
        "encryption.passphrase_damaged", "E-10", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
