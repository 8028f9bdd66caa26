// SPDX-License-Identifier: MIT
#include "agent.h"
#include "root_cause.h"
#include "text.h"

#include <algorithm>

namespace mars::encryption
{
namespace
{

struct VaultCertificate
{
    std::string vault;
    Timestamp notBefore;
};

/// CB_<vault>-M-D-YYYY-vaultcredentials, alone or as the common name of a subject.
std::optional<std::string> VaultIn(std::string_view text)
{
    constexpr std::string_view kBegin = "CB_";
    constexpr std::string_view kEnd = "-vaultcredentials";
    if (StartsWithIgnoreCase(text, "CN="))
    {
        text =
            Trim(text.substr(3, text.find(',') == std::string_view::npos ? text.npos : text.find(',') - 3));
    }
    if (!StartsWithIgnoreCase(text, kBegin) || !EndsWithIgnoreCase(text, kEnd)
        || text.size() < kBegin.size() + kEnd.size())
    {
        return std::nullopt;
    }
    std::string_view name = text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size());
    for (int part = 0; part < 3; ++part)
    {
        const std::size_t dash = name.rfind('-');
        const std::string_view number = dash == std::string_view::npos ? "" : name.substr(dash + 1);
        if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos)
        {
            return std::nullopt;
        }
        name = name.substr(0, dash);
    }
    return name.empty() ? std::nullopt : std::optional(std::string(name));
}

/// The newest one of those that are valid now. Absent: none.
Answer<VaultCertificate> FindVaultCertificate(const MachineView& machine)
{
    const auto list = machine.Ask(ListCertificates{"My"});
    const auto clock = machine.Ask(ReadClock{});
    if (list.HasFailed() || !clock)
    {
        return list.HasFailed() ? list.Error()
            : clock.HasFailed() ? clock.Error()
                                : Failure{code::kNotSupported, "read the clock"};
    }
    Answer<VaultCertificate> newest = Absent{};
    for (const CertificateInfo& certificate : list.ValueOr({}).certificates)
    {
        auto vault = VaultIn(certificate.friendlyName);
        vault = vault ? vault : VaultIn(certificate.subject);
        const bool valid = certificate.notBefore <= clock->now && clock->now < certificate.notAfter;
        if (vault && valid && (!newest || certificate.notBefore > newest->notBefore))
        {
            newest = VaultCertificate{std::move(*vault), certificate.notBefore};
        }
    }
    return newest;
}

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
    const auto certificate = FindVaultCertificate(machine);
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
