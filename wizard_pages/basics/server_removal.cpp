// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

/// Whether the backups of this server are still needed is known to people only; the registry tells the vault.
Outcome Detect(const MachineView& machine, const Given&)
{
    Facts facts;
    const auto registration = ReadRegistration(machine);
    if (!registration.HasFailed())
    {
        facts["registered"] = registration.HasValue();
        facts["case"] = registration ? "registered" : "not_registered";
    }
    if (registration && !registration->vault.empty())
    {
        facts["vault"] = registration->vault;
        facts["case"] = "registered_with";
    }
    return Outcome::Manual(std::move(facts));
}

} // namespace

const RootCause& ServerRemoval()
{
    static constexpr RootCause kCause{
        "basics.server_removal", "B-19", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
