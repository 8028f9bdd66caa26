// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace mars
{

/// "10.1.2.3": an address that no computer on the internet has: RFC 1918, RFC 6598 (100.64.0.0/10), unique
/// local addresses of IPv6 (fc00::/7). Neither loopback nor link-local ones are among them.
bool IsPrivateAddress(std::string_view address);

} // namespace mars
