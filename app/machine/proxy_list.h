// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// The proxies of WINHTTP_PROXY_INFO, "a:80;b:80" or "a:80 b:80", in their order; an empty text stands for a
/// direct connection among them.
std::vector<std::string> ParseProxyList(std::string_view list);

} // namespace mars
