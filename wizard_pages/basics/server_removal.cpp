// SPDX-License-Identifier: MIT
#include "registration_facts.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

/// Whether the backups of this server are still needed is known to people only; the registry tells the vault.
Outcome Detect(const MachineView& machine, const Given&)
{
    return Outcome::Manual(DescribeRegistration(machine));
}

} // namespace

const RootCause& ServerRemoval()
{
    static constexpr RootCause kCause{
        "basics.server_removal", "B-19", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
