// SPDX-License-Identifier: MIT
#include "local_addresses.h"

#include "network_adapters.h"

#include <ws2tcpip.h>

#include <iphlpapi.h>

namespace mars
{

namespace
{

std::string TextOf(int family, const void* address)
{
    char text[INET6_ADDRSTRLEN] = "";
    return inet_ntop(family, address, text, sizeof text) != nullptr ? std::string(text) : std::string();
}

} // namespace

std::vector<std::string> LocalAddresses()
{
    std::vector<std::string> addresses{"127.0.0.1", "::1"};
    const auto block =
        ReadAdapterBlock(GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER);
    const bool known = block && !block->empty();
    const auto* adapter = known ? reinterpret_cast<const IP_ADAPTER_ADDRESSES*>(block->data()) : nullptr;
    for (; adapter != nullptr; adapter = adapter->Next)
    {
        for (const auto* unicast = adapter->FirstUnicastAddress; unicast != nullptr; unicast = unicast->Next)
        {
            addresses.push_back(AddressText(*unicast->Address.lpSockaddr));
        }
    }
    return addresses;
}

std::string PlainAddress(const std::string& text)
{
    const std::size_t begin = text.starts_with('[') ? 1 : 0;
    const std::string address = text.substr(begin, text.find_first_of("]%", begin) - begin);
    for (const int family : {AF_INET, AF_INET6})
    {
        unsigned char binary[sizeof(in6_addr)];
        if (inet_pton(family, address.c_str(), binary) == 1)
        {
            return TextOf(family, binary);
        }
    }
    return address;
}

} // namespace mars
