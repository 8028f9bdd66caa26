// SPDX-License-Identifier: MIT
#pragma once

#include "questions/certificates.h"
#include "questions/registry.h"
#include "scratch.h"

/// The certificates of the healthy server: [0] is its own, [1] is the vault's, which has expired long ago.
namespace mars::test
{

inline void EditCertificates(
    RecordedMachine& machine, const std::function<void(std::vector<CertificateInfo>&)>& edit)
{
    Edit(machine, ListCertificates{"My"}, [&](CertificateList& list) { edit(list.certificates); });
}

inline void Unregister(RecordedMachine& machine)
{
    for (const char* name : {"ServiceResourceName", "MachineId", "ResourceId"})
    {
        machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", name}}, Absent{});
    }
}

inline void CheckNeedsRegistration(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    Unregister(machine);
    CheckNotApplicable(Detect(cause, machine), reason::kNotRegistered);
    machine.Set(ReadRegistryValue{{std::string(kAgentKey) + "\\Config", "ServiceResourceName"}},
        Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
}

inline void CheckNeedsCertificateStore(const RootCause& cause)
{
    RecordedMachine machine = HealthyServer();
    machine.Set(ListCertificates{"My"}, Failure{code::kAccessDenied, "x"});
    CheckCouldNotCheck(Detect(cause, machine), code::kAccessDenied);
}

inline constexpr std::uint32_t kCertificateNotFound = 0x80092004;

} // namespace mars::test
