// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "questions.h"
#include "view.h"

#include <string>

namespace mars
{

/// The certificate by which the service knows this server: subject CB_<host>.<domain>_<id>.
struct MachineCertificate
{
    /// The server's name when it was registered, without the dot that ends it.
    std::string registeredName;
    Timestamp notAfter;
};

/// The newest one in LocalMachine\My. Absent: there is none.
Answer<MachineCertificate> ReadMachineCertificate(const MachineView& machine);

} // namespace mars
