// SPDX-License-Identifier: MIT
#include "vault_certificate.h"

#include "questions/certificates.h"
#include "questions/computer.h"
#include "text.h"

#include <algorithm>
#include <optional>

namespace mars
{
namespace
{

/// Cuts "-<digits>" off the end; false where there is no such end.
bool CutNumber(std::string_view& text)
{
    const std::size_t dash = text.rfind('-');
    if (dash == std::string_view::npos || dash + 1 == text.size())
    {
        return false;
    }
    const std::string_view digits = text.substr(dash + 1);
    const bool isNumber = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    text = text.substr(0, dash);
    return isNumber;
}

/// Nothing for other certificates. Names of vaults may hold hyphens.
std::optional<std::string> VaultIn(std::string_view name)
{
    constexpr std::string_view kPrefix = "CB_";
    constexpr std::string_view kEnding = "-vaultcredentials";
    if (StartsWithIgnoreCase(name, "CN="))
    {
        name.remove_prefix(3);
        name = Trim(name.substr(0, name.find(',')));
    }
    if (!StartsWithIgnoreCase(name, kPrefix) || !EndsWithIgnoreCase(name, kEnding)
        || name.size() < kPrefix.size() + kEnding.size())
    {
        return std::nullopt;
    }
    std::string_view vault = name.substr(kPrefix.size(), name.size() - kPrefix.size() - kEnding.size());
    const bool hasDate = CutNumber(vault) && CutNumber(vault) && CutNumber(vault);
    return hasDate && !vault.empty() ? std::optional(std::string(vault)) : std::nullopt;
}

/// The newest one of those that count.
template <class Counts>
Answer<VaultCertificate> FindNewest(const CertificateList& list, Counts counts)
{
    std::optional<VaultCertificate> newest;
    for (const CertificateInfo& certificate : list.certificates)
    {
        auto vault = VaultIn(certificate.subject);
        vault = vault ? vault : VaultIn(certificate.friendlyName);
        if (vault && counts(certificate) && (!newest || certificate.notBefore > newest->notBefore))
        {
            newest = VaultCertificate{std::move(*vault), certificate.notBefore, certificate.notAfter};
        }
    }
    return newest ? Answer<VaultCertificate>(std::move(*newest)) : Answer<VaultCertificate>(Absent{});
}

} // namespace

Answer<VaultCertificate> ReadVaultCertificate(const MachineView& machine)
{
    const auto list = machine.Ask(ListCertificates{"My"});
    return list.HasFailed() ? Answer<VaultCertificate>(list.Error())
                            : FindNewest(list.ValueOr({}), [](const CertificateInfo&) { return true; });
}

Answer<VaultCertificate> ReadValidVaultCertificate(const MachineView& machine)
{
    const auto list = machine.Ask(ListCertificates{"My"});
    if (list.HasFailed())
    {
        return list.Error();
    }
    const auto clock = machine.Ask(ReadClock{});
    if (!clock)
    {
        return clock.HasFailed() ? clock.Error() : Failure{code::kNotSupported, "read the clock"};
    }
    return FindNewest(list.ValueOr({}), [&](const CertificateInfo& certificate) {
        return certificate.notBefore <= clock->now && clock->now < certificate.notAfter;
    });
}

} // namespace mars
