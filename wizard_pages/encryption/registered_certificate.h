// SPDX-License-Identifier: MIT
#pragma once

#include "machine_certificate.h"
#include "outcome.h"
#include "view.h"

#include <optional>

namespace mars::encryption
{

struct RegisteredCertificate
{
    MachineCertificate certificate;
    /// How the check ends without one: no agent, not registered, or none of the known shape is there.
    std::optional<Outcome> end;
};

/// The certificate by which a registered server is known.
RegisteredCertificate FindRegisteredCertificate(const MachineView& machine);

} // namespace mars::encryption
