// SPDX-License-Identifier: MIT
#pragma once

#include "machine_certificate.h"
#include "outcome.h"
#include "view.h"

#include <optional>
#include <vector>

namespace mars::encryption
{

struct RegisteredCertificates
{
    /// The one of the present name first; there is at least one where the check goes on.
    std::vector<MachineCertificate> all;
    /// How the check ends without one: no agent, not registered, or none of the known shape is there.
    std::optional<Outcome> end;
};

/// The certificates by which a registered server is known.
RegisteredCertificates FindRegisteredCertificates(const MachineView& machine);

} // namespace mars::encryption
