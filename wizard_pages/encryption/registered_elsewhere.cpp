// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"
#include "text.h"
#include "vault_certificate.h"

namespace mars::encryption
{
namespace
{

Outcome Detect(const MachineView& machine, const Given&)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return WithoutAgent(agent);
    }
    const auto registration = ReadRegistration(machine);
    if (!registration)
    {
        return WithoutRegistration(registration);
    }
    Facts facts;
    if (!registration->vault.empty())
    {
        facts["vault"] = registration->vault;
    }
    const auto certificate = ReadValidVaultCertificate(machine);
    if (certificate.HasFailed())
    {
        return Outcome::CouldNotCheck(certificate.Error(), std::move(facts));
    }
    if (certificate.IsAbsent())
    {
        return Outcome::Passed(std::move(facts));
    }
    facts["certificate_vault"] = certificate->vault;
    facts["certificate_from"] = certificate->notBefore;
    if (registration->vault.empty())
    {
        return Outcome::CouldNotCheck({code::kNotSupported, "read the vault's name"}, std::move(facts));
    }
    if (EqualsIgnoreCase(certificate->vault, registration->vault))
    {
        facts["case"] = "same_vault";
        return Outcome::Passed(std::move(facts));
    }
    facts["case"] = "other_vault";
    return Outcome::Problem(Level::kError, std::move(facts));
}

} // namespace

const RootCause& RegisteredElsewhere()
{
    static constexpr RootCause kCause{
        "encryption.registered_elsewhere", "E-6", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::encryption
