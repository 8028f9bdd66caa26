// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "text.h"
#include "view.h"

#include <string>

namespace mars
{

/// The certificate of the vault credentials that the server was registered with: its subject or friendly name
/// is CB_<vault>-<month>-<day>-<year>-vaultcredentials.
struct VaultCertificate
{
    std::string vault;
    Timestamp notBefore;
    Timestamp notAfter;
};

/// The newest one in LocalMachine\My. It ends after days, so one that has ended still tells. Absent: there is
/// none.
Answer<VaultCertificate> ReadVaultCertificate(const MachineView& machine);

/// The newest one of those that are valid now. Absent: there is none.
Answer<VaultCertificate> ReadValidVaultCertificate(const MachineView& machine);

} // namespace mars
