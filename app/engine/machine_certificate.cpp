// SPDX-License-Identifier: MIT
#include "machine_certificate.h"

#include "text.h"

#include <optional>

namespace mars
{
namespace
{

/// Nothing for other certificates, those of vault credentials among them.
std::optional<std::string> RegisteredName(std::string_view subject)
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
    while (name.ends_with('.'))
    {
        name.remove_suffix(1);
    }
    return name.empty() ? std::nullopt : std::optional(std::string(name));
}

} // namespace

Answer<MachineCertificate> ReadMachineCertificate(const MachineView& machine)
{
    const auto list = machine.Ask(ListCertificates{"My"});
    if (list.HasFailed())
    {
        return list.Error();
    }
    std::optional<MachineCertificate> newest;
    Timestamp newestStart;
    for (const CertificateInfo& certificate : list.ValueOr({}).certificates)
    {
        auto name = RegisteredName(certificate.subject);
        if (name && (!newest || certificate.notBefore > newestStart))
        {
            newest = MachineCertificate{std::move(*name), certificate.notAfter};
            newestStart = certificate.notBefore;
        }
    }
    return newest ? Answer<MachineCertificate>(std::move(*newest)) : Answer<MachineCertificate>(Absent{});
}

} // namespace mars
