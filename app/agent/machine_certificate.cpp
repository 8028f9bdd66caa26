// SPDX-License-Identifier: MIT
#include "machine_certificate.h"

#include "questions/certificates.h"
#include "questions/computer.h"
#include "text.h"

#include <algorithm>
#include <optional>

namespace mars
{
namespace
{

/// What the agent makes for a first backup on disks, CB_AzureADCertforOfflineSeeding_<id>, names no server
/// (https://learn.microsoft.com/azure/backup/backup-azure-backup-import-export).
constexpr std::string_view kOfflineSeeding = "AzureADCertforOfflineSeeding";

struct Found
{
    MachineCertificate certificate;
    Timestamp notBefore;
    /// There is a dot behind the host.
    bool isKnownShape = false;
    bool isPresentName = false;
};

/// "FILESRV07." or "FILESRV07.contoso.example". Nothing for other certificates, those of vault credentials
/// among them.
std::optional<std::string_view> NameIn(std::string_view subject)
{
    constexpr std::string_view kPrefix = "CN=CB_";
    if (!StartsWithIgnoreCase(subject, kPrefix))
    {
        return std::nullopt;
    }
    std::string_view name = subject.substr(kPrefix.size());
    name = Trim(name.substr(0, name.find(',')));
    const std::size_t id = name.rfind('_');
    if (id == std::string_view::npos || EndsWithIgnoreCase(name, "-vaultcredentials"))
    {
        return std::nullopt;
    }
    name = name.substr(0, id);
    return EqualsIgnoreCase(name, kOfflineSeeding) ? std::nullopt : std::optional(name);
}

std::optional<Found> ReadOne(const CertificateInfo& certificate, std::string_view computer)
{
    std::optional<std::string_view> name = NameIn(certificate.subject);
    if (!name)
    {
        return std::nullopt;
    }
    Found found;
    found.notBefore = certificate.notBefore;
    found.certificate.notAfter = certificate.notAfter;
    found.isKnownShape = name->find('.') != std::string_view::npos;
    found.isPresentName = EqualsIgnoreCase(name->substr(0, name->find('.')), computer);
    while (name->ends_with('.'))
    {
        name->remove_suffix(1);
    }
    found.certificate.registeredName = *name;
    return name->empty() || !(found.isKnownShape || found.isPresentName) ? std::nullopt
                                                                         : std::optional(std::move(found));
}

} // namespace

Answer<std::vector<MachineCertificate>> ListMachineCertificates(const MachineView& machine)
{
    const auto list = machine.Ask(ListCertificates{"My"});
    if (list.HasFailed())
    {
        return list.Error();
    }
    const std::string computer = machine.Ask(ReadContext{}).ValueOr({}).computer;
    std::vector<Found> all;
    for (const CertificateInfo& certificate : list.ValueOr({}).certificates)
    {
        if (auto found = ReadOne(certificate, computer))
        {
            all.push_back(std::move(*found));
        }
    }
    std::ranges::stable_sort(all, [](const Found& a, const Found& b) {
        return a.isPresentName != b.isPresentName ? a.isPresentName : a.notBefore > b.notBefore;
    });
    std::vector<MachineCertificate> certificates;
    std::ranges::transform(all, std::back_inserter(certificates), &Found::certificate);
    return certificates.empty() ? Answer<std::vector<MachineCertificate>>(Absent{})
                                : Answer<std::vector<MachineCertificate>>(std::move(certificates));
}

Answer<MachineCertificate> ReadMachineCertificate(const MachineView& machine)
{
    const auto all = ListMachineCertificates(machine);
    return all.HasFailed() ? Answer<MachineCertificate>(all.Error())
        : all              ? Answer<MachineCertificate>(all->front())
                           : Answer<MachineCertificate>(Absent{});
}

} // namespace mars
