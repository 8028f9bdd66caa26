// SPDX-License-Identifier: MIT
#include "registration_facts.h"

#include "agent.h"

namespace mars::basics
{

Facts DescribeRegistration(const MachineView& machine)
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
    return facts;
}

} // namespace mars::basics
