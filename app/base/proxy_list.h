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

/// The parts of a list of WinINET, which semicolons or blanks separate.
std::vector<std::string> SplitWinInetList(std::string_view list);

/// "http://host/" -> "host/".
std::string_view WithoutScheme(std::string_view address);

/// "http://user:secret@proxy:8080/" -> "proxy:8080".
std::string_view HostAndPortOf(std::string_view address);

} // namespace mars
