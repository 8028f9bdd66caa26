// SPDX-License-Identifier: MIT
#include "agent.h"
#include "registration_facts.h"
#include "root_cause.h"

namespace mars::basics
{
namespace
{

/// Whether an old registration was left behind is known to the portal and to who did it; the registry only
/// tells what the agent believes.
Outcome Detect(const MachineView& machine, const Given&)
{
    Facts facts = DescribeRegistration(machine);
    const auto agent = FindAgent(machine);
    if (!agent.HasFailed())
    {
        facts["agent_installed"] = agent.HasValue();
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
