// SPDX-License-Identifier: MIT
#pragma once

#include "network.h"
#include "questions/probes.h"

#include <chrono>
#include <string>
#include <variant>

/// What the probes of HTTP and of HTTPS have in common.
namespace mars
{

/// A name server or a host that is silent for so long counts as not answering, so that the others get their
/// turn.
inline constexpr std::chrono::milliseconds kConnectLimit(6000);
inline constexpr std::chrono::milliseconds kExchangeLimit(20'000);
inline constexpr std::size_t kLargestHead = 64 * 1024;
inline constexpr const char* kUserAgent = "mars-wizard";

inline constexpr std::uint32_t kUsualHttpPort = 80;

/// "host:port", "[::1]:port" or "host", with or without "http://" before it and a path behind it.
HostAndPort ParseProxy(std::string_view text, std::uint32_t usualPort = kUsualHttpPort);

/// A host goes into an HTTP request, where a line break would begin another header.
bool IsHostName(const std::string& host);
bool IsPort(std::uint32_t port);

/// How a connection ended by the number of Winsock. A far end that closed it without an answer, 10101
/// (WSAEDISCON), broke it off like one that reset it; 10013 (WSAEACCES) is a refusal by this computer itself.
ProbeEnd EndOfNetwork(std::uint32_t code);

/// Why there is no connection.
struct NoConnection
{
    ProbeEnd end = ProbeEnd::kTimedOut;
    std::uint32_t code = 0;
};

/// To the proxy if there is one, else to the host itself. The name is resolved in the same time.
std::variant<UniqueSocket, NoConnection> OpenConnection(
    const std::string& host, std::uint32_t port, const std::string& proxy, const Wait& wait);

std::uint32_t MillisecondsSince(std::chrono::steady_clock::time_point start);

/// The answer "it timed out" has to arrive before the asker gives up.
Wait WithMargin(const Wait& wait);

/// Everything up to the end of an HTTP head, and what came with it; less where the far end sends more than
/// any head.
Answer<std::string> ReceiveHead(SOCKET socket, const Wait& wait);

} // namespace mars
