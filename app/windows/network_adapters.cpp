// SPDX-License-Identifier: MIT
#include "network_adapters.h"

#include "error.h"
#include "questions/network.h"
#include "system_call.h"
#include "wide.h"

#include <ws2tcpip.h>

#include <iphlpapi.h>

namespace mars
{

namespace
{

template <class List>
std::vector<std::string> TextsOf(const List* entry)
{
    std::vector<std::string> texts;
    for (; entry != nullptr; entry = entry->Next)
    {
        const std::string text =
            entry->Address.lpSockaddr == nullptr ? std::string() : AddressText(*entry->Address.lpSockaddr);
        if (!text.empty())
        {
            texts.push_back(text);
        }
    }
    return texts;
}

NetworkAdapter Describe(const IP_ADAPTER_ADDRESSES& found)
{
    NetworkAdapter adapter;
    adapter.name = found.FriendlyName == nullptr ? std::string() : Narrow(found.FriendlyName);
    adapter.description = found.Description == nullptr ? std::string() : Narrow(found.Description);
    adapter.up = found.OperStatus == IfOperStatusUp;
    adapter.addresses = TextsOf(found.FirstUnicastAddress);
    adapter.gateways = TextsOf(found.FirstGatewayAddress);
    adapter.nameServers = TextsOf(found.FirstDnsServerAddress);
    return adapter;
}

} // namespace

Answer<std::vector<std::max_align_t>> ReadAdapterBlock(ULONG flags)
{
    const SystemCall<decltype(GetAdaptersAddresses)> getAdapters(
        LoadSystemDll(L"iphlpapi.dll"), "GetAdaptersAddresses");
    ULONG size = 16 * 1024;
    ULONG error = ERROR_BUFFER_OVERFLOW;
    std::vector<std::max_align_t> block;
    for (int i = 0; i < 3 && error == ERROR_BUFFER_OVERFLOW; ++i)
    {
        block.resize(size / sizeof(std::max_align_t) + 1);
        error = getAdapters ? getAdapters(
                    AF_UNSPEC, flags, nullptr, reinterpret_cast<IP_ADAPTER_ADDRESSES*>(block.data()), &size)
                            : ERROR_PROC_NOT_FOUND;
    }
    if (error == ERROR_NO_DATA)
    {
        return std::vector<std::max_align_t>();
    }
    return error == NO_ERROR ? Answer<std::vector<std::max_align_t>>(std::move(block))
                             : FailureFrom(error, "GetAdaptersAddresses");
}

std::string AddressText(const SOCKADDR& address)
{
    char text[INET6_ADDRSTRLEN] = "";
    const bool isFour = address.sa_family == AF_INET;
    if (!isFour && address.sa_family != AF_INET6)
    {
        return {};
    }
    const void* const bytes = isFour
        ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr)
        : &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return inet_ntop(address.sa_family, bytes, text, sizeof text) != nullptr ? std::string(text)
                                                                             : std::string();
}

Answer<NetworkAdapterList> AskWindows(const ListNetworkAdapters&, const WindowsMachineOptions&, const Wait&)
{
    const auto block =
        ReadAdapterBlock(GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_INCLUDE_GATEWAYS);
    if (!block)
    {
        return block.Error();
    }
    NetworkAdapterList list;
    const auto* found =
        block->empty() ? nullptr : reinterpret_cast<const IP_ADAPTER_ADDRESSES*>(block->data());
    for (; found != nullptr; found = found->Next)
    {
        if (found->IfType != IF_TYPE_SOFTWARE_LOOPBACK && found->IfType != IF_TYPE_TUNNEL)
        {
            list.adapters.push_back(Describe(*found));
        }
    }
    return list;
}

} // namespace mars
