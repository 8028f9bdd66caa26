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

RegisteredCertificate FindRegisteredCertificate(const MachineView& machine)
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
    const auto certificate = ReadMachineCertificate(machine);
    if (!certificate)
    {
        return {{},
            Outcome::CouldNotCheck(certificate.HasFailed()
                    ? certificate.Error()
                    : Failure{kNoCertificate, "find the machine certificate CB_<host>"})};
    }
    return {*certificate, std::nullopt};
}

} // namespace mars::encryption
