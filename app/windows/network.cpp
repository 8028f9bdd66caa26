// SPDX-License-Identifier: MIT
#include "network.h"

#include "background_thread.h"
#include "error.h"
#include "wide.h"

#include <ws2tcpip.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>

namespace mars
{

namespace
{

/// How often a wait looks whether it was told to stop.
constexpr std::chrono::milliseconds kSlice(50);

Failure SocketFailure(std::string_view tried, std::string_view object = {})
{
    const int error = WSAGetLastError();
    return FailureFrom(static_cast<std::uint32_t>(error), tried, object);
}

Failure TimedOut(std::string_view tried)
{
    return FailureFrom(WSAETIMEDOUT, tried);
}

// ---- Names

/// Shared with the thread that asks, which nothing can interrupt and which may outlive the answer.
struct Resolution
{
    std::mutex mutex;
    std::condition_variable finished;
    bool done = false;
    int error = 0;
    std::vector<NetworkAddress> addresses;
};

struct AddressFreer
{
    void operator()(ADDRINFOW* list) const
    {
        FreeAddrInfoW(list);
    }
};

int AskForAddresses(const HostAndPort& target, std::vector<NetworkAddress>& addresses)
{
    ADDRINFOW hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    ADDRINFOW* found = nullptr;
    const int error =
        GetAddrInfoW(Wide(target.host).c_str(), std::to_wstring(target.port).c_str(), &hints, &found);
    const std::unique_ptr<ADDRINFOW, AddressFreer> list(found);
    for (const ADDRINFOW* entry = list.get(); entry != nullptr; entry = entry->ai_next)
    {
        NetworkAddress address{};
        address.length = static_cast<int>(std::min(entry->ai_addrlen, sizeof address.storage));
        std::memcpy(&address.storage, entry->ai_addr, static_cast<std::size_t>(address.length));
        addresses.push_back(address);
    }
    return error;
}

void Resolve(const std::shared_ptr<Resolution>& resolution, const HostAndPort& target)
{
    const NetworkUse network;
    std::vector<NetworkAddress> addresses;
    const int error = AskForAddresses(target, addresses);
    const std::lock_guard lock(resolution->mutex);
    resolution->addresses = std::move(addresses);
    resolution->error = error;
    resolution->done = true;
    resolution->finished.notify_all();
}

// ---- Sockets

enum class Direction
{
    kRead,
    kWrite,
};

/// Looks at the socket for one slice. Above 0: ready, or failed; the next call on it tells.
int Poll(SOCKET socket, Direction direction)
{
    fd_set ready;
    fd_set failed;
    FD_ZERO(&ready);
    FD_ZERO(&failed);
    FD_SET(socket, &ready);
    FD_SET(socket, &failed);
    timeval slice{0, static_cast<long>(std::chrono::microseconds(kSlice).count())};
    return direction == Direction::kRead ? select(0, &ready, nullptr, &failed, &slice)
                                         : select(0, nullptr, &ready, &failed, &slice);
}

Status WaitFor(SOCKET socket, Direction direction, const Wait& wait)
{
    while (!wait.IsOver())
    {
        const int count = Poll(socket, direction);
        if (count != 0)
        {
            return count > 0 ? Status::Done() : Status(SocketFailure("select"));
        }
    }
    return TimedOut("select");
}

Status FinishConnect(SOCKET socket, const Wait& wait)
{
    if (Status waited = WaitFor(socket, Direction::kWrite, wait); !waited)
    {
        return waited;
    }
    int error = 0;
    int size = sizeof error;
    getsockopt(socket, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return error == 0 ? Status::Done() : Status(FailureFrom(static_cast<std::uint32_t>(error), "connect"));
}

Answer<UniqueSocket> ConnectOne(const NetworkAddress& address, const Wait& wait)
{
    UniqueSocket socket(::socket(address.storage.ss_family, SOCK_STREAM, IPPROTO_TCP));
    u_long nonBlocking = 1;
    if (!socket || ioctlsocket(socket.Get(), static_cast<long>(FIONBIO), &nonBlocking) != 0)
    {
        return SocketFailure("socket");
    }
    if (connect(socket.Get(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0
        && WSAGetLastError() != WSAEWOULDBLOCK)
    {
        return SocketFailure("connect");
    }
    const Status finished = FinishConnect(socket.Get(), wait);
    return finished ? Answer<UniqueSocket>(std::move(socket)) : finished.Error();
}

} // namespace

NetworkUse::NetworkUse()
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
}

NetworkUse::~NetworkUse()
{
    WSACleanup();
}

Wait Sooner(const Wait& wait, std::chrono::milliseconds most)
{
    return {std::min(wait.deadline, std::chrono::steady_clock::now() + most), wait.stop};
}

Answer<std::vector<NetworkAddress>> ResolveHost(const HostAndPort& target, const Wait& wait)
{
    const auto resolution = std::make_shared<Resolution>();
    RunInBackground([resolution, target] { Resolve(resolution, target); });
    std::unique_lock lock(resolution->mutex);
    while (!resolution->done && !wait.IsOver())
    {
        resolution->finished.wait_for(lock, kSlice);
    }
    if (!resolution->done)
    {
        return FailureFrom(WSATRY_AGAIN, "GetAddrInfo", target.host);
    }
    if (resolution->error != 0 || resolution->addresses.empty())
    {
        const int error = resolution->error != 0 ? resolution->error : WSANO_DATA;
        return FailureFrom(static_cast<std::uint32_t>(error), "GetAddrInfo", target.host);
    }
    return resolution->addresses;
}

Answer<UniqueSocket> ConnectTo(const std::vector<NetworkAddress>& addresses, const Wait& wait)
{
    Failure last = TimedOut("connect");
    for (std::size_t i = 0; i < addresses.size() && !wait.IsOver(); ++i)
    {
        // An address that does not answer leaves time for the others.
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            wait.deadline - std::chrono::steady_clock::now());
        Answer<UniqueSocket> socket =
            ConnectOne(addresses[i], Sooner(wait, left / static_cast<int>(addresses.size() - i)));
        if (socket)
        {
            return socket;
        }
        last = socket.Error();
    }
    return last;
}

Status SendAll(SOCKET socket, std::string_view bytes, const Wait& wait)
{
    while (!bytes.empty())
    {
        if (Status ready = WaitFor(socket, Direction::kWrite, wait); !ready)
        {
            return ready;
        }
        const int sent = send(socket, bytes.data(), static_cast<int>(bytes.size()), 0);
        if (sent < 0 && WSAGetLastError() != WSAEWOULDBLOCK)
        {
            return SocketFailure("send");
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max(sent, 0)));
    }
    return Status::Done();
}

Answer<std::size_t> ReceiveSome(SOCKET socket, std::span<char> buffer, const Wait& wait)
{
    for (;;)
    {
        if (Status ready = WaitFor(socket, Direction::kRead, wait); !ready)
        {
            return ready.Error();
        }
        const int received = recv(socket, buffer.data(), static_cast<int>(buffer.size()), 0);
        if (received >= 0)
        {
            return static_cast<std::size_t>(received);
        }
        if (WSAGetLastError() != WSAEWOULDBLOCK)
        {
            return SocketFailure("recv");
        }
    }
}

} // namespace mars
