// SPDX-License-Identifier: MIT
#pragma once

#include "given.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

struct EndpointHost
{
    /// A sample may hold "{geo}" for the short name of the vault's region: see SamplesFor.
    std::string name;
    /// Only one of many hosts behind a wildcard of the documents; the agent may never use this one.
    bool isSample = false;
    /// It may be gone one day without anything being wrong.
    bool mayVanish = false;
};

/// What the agent must reach in one cloud: knowledge/endpoints.xml. Everything is HTTPS on port 443 but for
/// the network test of Windows and what belongs to certificates.
struct Endpoints
{
    /// Hosts to probe, documented ones first.
    std::vector<EndpointHost> hosts;
    /// Names and wildcards for a firewall's list.
    std::vector<std::string> allow;
    /// Address ranges for a firewall's list.
    std::vector<std::string> ranges;
    /// Hosts for a firewall's list by plain HTTP on port 80: Windows checks and completes certificates there.
    std::vector<std::string> certificateHosts;
    /// The short names of regions by their names in a vault's credentials: "westeurope" -> "we".
    std::map<std::string, std::string> geos;
    /// Sites for the trusted zone of Windows: "*.microsoft.com" with all below it, "www.msftncsi.com" alone.
    std::vector<std::string> trustedSites;
    /// Ends of host names that in the agent's log are hosts of the service: ".backup.windowsazure.com".
    std::vector<std::string> serviceSuffixes;
};

/// Nothing when the text is no such table or a cloud of `Cloud` is missing.
std::optional<Endpoints> ParseEndpoints(std::string_view xml, Cloud cloud);

/// The table that is part of the program.
const Endpoints& EndpointsOf(Cloud cloud);

/// The samples for a vault in this region ("westeurope"); where the region is not known, those that are the
/// same for all.
std::vector<EndpointHost> SamplesFor(const Endpoints& endpoints, std::string_view region);

/// The different hosts that `text` names and that end in one of the suffixes, in lower case and in their
/// order.
std::vector<std::string> FindServiceHosts(std::string_view text, const std::vector<std::string>& suffixes);

} // namespace mars
