// SPDX-License-Identifier: MIT
#include "registered_certificate.h"

#include "agent.h"

namespace mars::encryption
{
namespace
{

/// CRYPT_E_NOT_FOUND. A server can be registered without it only where the shape of its name is not the known
/// one, so nothing can be said.
constexpr std::uint32_t kNoCertificate = 0x80092004;

} // namespace

RegisteredCertificates FindRegisteredCertificates(const MachineView& machine)
{
    const auto agent = FindAgent(machine);
    if (!agent)
    {
        return {{}, WithoutAgent(agent)};
    }
    const auto registration = ReadRegistration(machine);
    if (!registration)
    {
        return {{}, WithoutRegistration(registration)};
    }
    auto certificates = ListMachineCertificates(machine);
    if (!certificates)
    {
        return {{},
            Outcome::CouldNotCheck(certificates.HasFailed()
                    ? certificates.Error()
                    : Failure{kNoCertificate, "find the machine certificate CB_<host>"})};
    }
    return {std::move(*certificates), std::nullopt};
}

} // namespace mars::encryption
