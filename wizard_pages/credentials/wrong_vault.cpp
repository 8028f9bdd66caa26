// SPDX-License-Identifier: MIT
#include "agent.h"
#include "credentials_file.h"
#include "questions/credentials.h"
#include "root_cause.h"
#include "text.h"
#include "vault_certificate.h"

namespace mars::credentials
{
namespace
{

/// The vault that the server is registered with. Absent: its name is nowhere.
Answer<std::string> RegisteredVault(const MachineView& machine, const Registration& registration)
{
    if (!registration.vault.empty())
    {
        return registration.vault;
    }
    const auto certificate = ReadVaultCertificate(machine);
    if (certificate.HasFailed())
    {
        return certificate.Error();
    }
    return certificate ? Answer<std::string>(certificate->vault) : Answer<std::string>(Absent{});
}

Outcome Differs(const MachineView& machine, const CredentialsFile& file, Facts facts)
{
    if (IsLeftOver(machine, file))
    {
        // It may be the file of another server.
        facts["case"] = "left_over";
        facts["left_over"] = true;
        return Outcome::Problem(Level::kAdvice, std::move(facts));
    }
    return Outcome::Problem(Level::kError, std::move(facts));
}

Outcome Compare(
    const MachineView& machine, const Registration& registration, const ReadCredentials& read, Facts facts)
{
    const VaultCredentials& credentials = read.content;
    const auto vault = RegisteredVault(machine, registration);
    if (vault.HasFailed())
    {
        return Outcome::CouldNotCheck(vault.Error(), std::move(facts));
    }
    if (vault.IsAbsent())
    {
        const bool sameId =
            !credentials.resourceId.empty() && credentials.resourceId == registration.resourceId;
        facts["registered_vault"] = credentials.vault;
        return sameId ? Outcome::Passed(std::move(facts))
                      : Outcome::CouldNotCheck(
                          {code::kNotSupported, "find the name of the registered vault"}, std::move(facts));
    }
    facts["registered_vault"] = *vault;
    return EqualsIgnoreCase(*vault, credentials.vault) ? Outcome::Passed(std::move(facts))
                                                       : Differs(machine, read.file, std::move(facts));
}

Outcome Detect(const MachineView& machine, const Given& given)
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
    auto read = ReadCredentialsFile(machine, given);
    if (const auto* outcome = std::get_if<Outcome>(&read))
    {
        return *outcome;
    }
    auto& found = std::get<ReadCredentials>(read);
    if (found.content.vault.empty())
    {
        return WithUnreadableCredentials(machine, std::move(found), "read the vault in ");
    }
    Facts facts = std::move(found.facts);
    facts["vault"] = found.content.vault;
    return Compare(machine, *registration, found, std::move(facts));
}

} // namespace

const RootCause& WrongVault()
{
    static constexpr RootCause kCause{
        "credentials.wrong_vault", "V-5", RepairKind::kGuided, true, Detect, nullptr};
    return kCause;
}

} // namespace mars::credentials
