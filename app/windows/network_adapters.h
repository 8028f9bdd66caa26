// SPDX-License-Identifier: MIT
#pragma once

#include "handle.h"
#include "questions/network.h"
#include "windows_machine.h"

#include <cstddef>
#include <vector>

namespace mars
{

Answer<NetworkAdapterList> AskWindows(
    const ListNetworkAdapters& question, const WindowsMachineOptions& options, const Wait& wait);

/// IP_ADAPTER_ADDRESSES, linked, in one block of memory. `flags` are GAA_FLAG_*.
Answer<std::vector<std::max_align_t>> ReadAdapterBlock(ULONG flags);

/// Without a port and a zone; empty for other families than IP's.
std::string AddressText(const SOCKADDR& address);

} // namespace mars
