// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "text.h"
#include "view.h"

#include <string>
#include <vector>

namespace mars
{

/// The certificate by which the service knows this server: subject CB_<host>._<id> or
/// CB_<host>.<domain>_<id>.
struct MachineCertificate
{
    /// The server's name when it was registered, without the dot that ends it.
    std::string registeredName;
    Timestamp notAfter;
};

/// Those in LocalMachine\My: first those of this computer's present name, then those of other names, of each
/// the newest first. A name without a dot is none that is known, so it counts only where it is the present
/// one. Absent: there is none.
Answer<std::vector<MachineCertificate>> ListMachineCertificates(const MachineView& machine);

/// The first of them.
Answer<MachineCertificate> ReadMachineCertificate(const MachineView& machine);

} // namespace mars
