// SPDX-License-Identifier: MIT
#include "local_addresses.h"

#include "handle.h"
#include "system_call.h"
#include "wide.h"

#include <ws2tcpip.h>

#include <iphlpapi.h>

#include <cstddef>
#include <optional>

namespace mars
{

namespace
{

using Block = std::vector<std::max_align_t>;

/// IP_ADAPTER_ADDRESSES, linked; empty when they cannot be read.
Block ReadAdapters()
{
    const SystemCall<decltype(GetAdaptersAddresses)> getAdapters(LoadSystemDll(L"iphlpapi.dll"),
                                                                 "GetAdaptersAddresses");
    constexpr ULONG kFlags = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER;
    ULONG size = 16 * 1024;
    ULONG error = ERROR_BUFFER_OVERFLOW;
    Block block;
    for (int i = 0; i < 3 && error == ERROR_BUFFER_OVERFLOW; ++i)
    {
        block.resize(size / sizeof(std::max_align_t) + 1);
        error = getAdapters ? getAdapters(AF_UNSPEC, kFlags, nullptr,
                                          reinterpret_cast<IP_ADAPTER_ADDRESSES*>(block.data()), &size)
                            : ERROR_PROC_NOT_FOUND;
    }
    return error == NO_ERROR ? block : Block();
}

std::string TextOf(int family, const void* address)
{
    char text[INET6_ADDRSTRLEN] = "";
    return inet_ntop(family, address, text, sizeof text) != nullptr ? std::string(text) : std::string();
}

std::string TextOf(const SOCKADDR& address)
{
    return address.sa_family == AF_INET
               ? TextOf(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr)
               : TextOf(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

} // namespace

std::vector<std::string> LocalAddresses()
{
    std::vector<std::string> addresses{"127.0.0.1", "::1"};
    const Block block = ReadAdapters();
    const auto* adapter = block.empty() ? nullptr : reinterpret_cast<const IP_ADAPTER_ADDRESSES*>(block.data());
    for (; adapter != nullptr; adapter = adapter->Next)
    {
        for (const auto* unicast = adapter->FirstUnicastAddress; unicast != nullptr; unicast = unicast->Next)
        {
            addresses.push_back(TextOf(*unicast->Address.lpSockaddr));
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
