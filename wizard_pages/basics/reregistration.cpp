// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

/// Whether an old registration was left behind is known to the portal and to who did it; the registry only
/// tells what the agent believes.
Outcome Detect(const MachineView& machine, const Given&)
{
    Facts facts;
    const auto agent = FindAgent(machine);
    if (!agent.HasFailed())
    {
        facts["agent_installed"] = agent.HasValue();
    }
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

const RootCause& Reregistration()
{
    static constexpr RootCause kCause{
        "basics.reregistration", "B-11", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::basics
