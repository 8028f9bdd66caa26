// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "handle.h"
#include "machine.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

struct SocketCloser
{
    static void Close(SOCKET socket)
    {
        closesocket(socket);
    }
};
using UniqueSocket = Unique<SOCKET, SocketCloser>;

/// Winsock for the life of one answer.
class NetworkUse
{
public:
    NetworkUse();
    ~NetworkUse();
    NetworkUse(const NetworkUse&) = delete;
    NetworkUse& operator=(const NetworkUse&) = delete;
};

/// The same wait, but no longer than this.
Wait Sooner(const Wait& wait, std::chrono::milliseconds most);

struct HostAndPort
{
    std::string host;
    std::uint32_t port = 0;
};

struct NetworkAddress
{
    SOCKADDR_STORAGE storage;
    int length;
};

// All of these fail with the number of Winsock: 10060 when the wait is over, 11001 and others for names.

Answer<std::vector<NetworkAddress>> ResolveHost(const HostAndPort& target, const Wait& wait);

/// Tries one address after the other, all within the wait. The socket does not block.
Answer<UniqueSocket> ConnectTo(const std::vector<NetworkAddress>& addresses, const Wait& wait);

Status SendAll(SOCKET socket, std::string_view bytes, const Wait& wait);

/// At least one byte; 0 when the far end has closed.
Answer<std::size_t> ReceiveSome(SOCKET socket, std::span<char> buffer, const Wait& wait);

} // namespace mars
