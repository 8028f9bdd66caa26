// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"

namespace mars::encryption
{
namespace
{

/// Whether anybody knows the passphrase is no fact of this server. What can be done depends on whether it is
/// still registered.
Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    Facts facts;
    const auto registration = ReadRegistration(machine);
    if (!registration.HasFailed())
    {
        facts["case"] = registration ? "registered" : "not_registered";
        facts["registered"] = registration.HasValue();
    }
    // Where that could not be read, both ways are told.
    facts["can_be_changed"] = !registration.IsAbsent();
    facts["cannot_be_changed"] = !registration.HasValue();
    return Outcome::Manual(std::move(facts));
}

} // namespace

const RootCause& PassphraseLost()
{
    static constexpr RootCause kCause{
        "encryption.passphrase_lost", "E-11", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
