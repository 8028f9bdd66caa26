// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "outcome.h"
#include "view.h"

#include <string_view>
#include <vector>

namespace mars
{

struct ServerFact
{
    /// A stable token: key in JSON and, as `fact.<name>`, a text of knowledge/interface.xml.
    std::string_view name;
    Answer<Fact> value;
};

/// What people first want to know of a server, always the same names in the same order: agent_version, vault,
/// registered_name, machine_certificate_ends, scratch_location, scratch_location_provider, last_backup,
/// next_run, proxy_system, proxy_user.
using ServerFacts = std::vector<ServerFact>;

ServerFacts ReadServerFacts(const MachineView& machine);

} // namespace mars
