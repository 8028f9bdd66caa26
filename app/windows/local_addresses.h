// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace mars
{

/// The addresses of this computer's network adapters and of its loopback, as text without a zone.
std::vector<std::string> LocalAddresses();

/// "127.0.0.1" of "127.0.0.1", "[fe80::1%4]" or "fe80::1%4": brackets and zone taken off, in the usual
/// spelling.
std::string PlainAddress(const std::string& text);

} // namespace mars
