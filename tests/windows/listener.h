// SPDX-License-Identifier: MIT
#pragma once

#include "network.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>

namespace mars::test
{

/// Listens on a loopback port that was free; what becomes of connections is the test's affair.
class Listener
{
public:
    /// `queue`: how many connections wait until they are taken.
    explicit Listener(int queue = 5) : m_socket(::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        int size = sizeof address;
        REQUIRE(bind(m_socket.Get(), generic, size) == 0);
        REQUIRE(listen(m_socket.Get(), queue) == 0);
        REQUIRE(getsockname(m_socket.Get(), generic, &size) == 0);
        m_port = ntohs(address.sin_port);
        std::memcpy(&m_address.storage, &address, sizeof address);
        m_address.length = size;
    }

    std::uint16_t Port() const
    {
        return m_port;
    }
    const NetworkAddress& Address() const
    {
        return m_address;
    }
    /// Waits for the next connection.
    UniqueSocket Accept() const
    {
        return UniqueSocket(accept(m_socket.Get(), nullptr, nullptr));
    }
    void Close()
    {
        m_socket.Reset();
    }

private:
    NetworkUse m_network;
    UniqueSocket m_socket;
    std::uint16_t m_port = 0;
    NetworkAddress m_address{};
};

} // namespace mars::test
