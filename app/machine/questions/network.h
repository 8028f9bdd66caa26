// SPDX-License-Identifier: MIT
#pragma once

#include "exchange.h"
#include "fields.h"
#include "text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Names and network adapters.
namespace mars
{

struct NameResolution
{
    /// As text; empty when the name was not resolved.
    std::vector<std::string> addresses;
    /// 0, or the number of Winsock that says why not: 11001 (no such host), 11002 (no name server answers)
    /// and so on.
    std::uint32_t code = 0;
    MARS_FIELDS(NameResolution, addresses, code);
    bool operator==(const NameResolution&) const = default;
};

/// The addresses of a host. A name that cannot be resolved is a value; failed means that nobody could ask.
struct ResolveName
{
    using Value = NameResolution;
    static constexpr std::string_view kName = "resolve_name";
    static constexpr std::string_view kKind = "network";
    std::string host;
    MARS_FIELDS(ResolveName, host);
};

struct NetworkAdapter
{
    std::string name;
    std::string description;
    bool up = false;
    std::vector<std::string> addresses;
    std::vector<std::string> gateways;
    std::vector<std::string> nameServers;
    MARS_FIELDS(NetworkAdapter, name, description, up, addresses, gateways, nameServers);
    bool operator==(const NetworkAdapter&) const = default;
};

struct NetworkAdapterList
{
    std::vector<NetworkAdapter> adapters;
    MARS_FIELDS(NetworkAdapterList, adapters);
    bool operator==(const NetworkAdapterList&) const = default;
};

/// All but loopback and tunnels.
struct ListNetworkAdapters
{
    using Value = NetworkAdapterList;
    static constexpr std::string_view kName = "list_network_adapters";
    static constexpr std::string_view kKind = "network";
    MARS_NO_FIELDS();
};

extern template class ExchangeOf<ResolveName>;
extern template class ExchangeOf<ListNetworkAdapters>;

} // namespace mars
