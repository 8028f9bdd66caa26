// SPDX-License-Identifier: MIT
#include "name_resolution.h"

#include "error.h"
#include "network_adapters.h"
#include "probe_parts.h"
#include "questions/network.h"

namespace mars
{

Answer<NameResolution> AskWindows(const ResolveName& question, const WindowsMachineOptions&, const Wait& wait)
{
    constexpr std::uint32_t kAnyPort = 443;
    if (!IsHostName(question.host))
    {
        return FailureFrom(ERROR_INVALID_PARAMETER, "resolve", question.host);
    }
    const NetworkUse network;
    const auto found = ResolveHost({question.host, kAnyPort}, Sooner(WithMargin(wait), kConnectLimit));
    if (wait.stop.stop_requested())
    {
        return wait.WhyOver("resolve " + question.host);
    }
    NameResolution resolution;
    if (!found)
    {
        resolution.code = found.Error().code;
        return resolution;
    }
    for (const NetworkAddress& address : *found)
    {
        resolution.addresses.push_back(AddressText(reinterpret_cast<const SOCKADDR&>(address.storage)));
    }
    return resolution;
}

} // namespace mars
