// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"
#include "view.h"

#include <string>
#include <string_view>

namespace mars
{

/// The proxy for HTTPS to `host` by WinINET's rules, as "host:port" without a login; empty: direct. Scripts
/// and automatic detection are not evaluated: see UsesScript.
std::string ProxyFor(const ProxySettings& settings, std::string_view host);
/// The same for plain HTTP.
std::string ProxyForHttp(const ProxySettings& settings, std::string_view host);

/// A configuration script decides, so ProxyFor may be wrong.
bool UsesScript(const ProxySettings& settings);

/// The proxy for HTTPS to `host` as WinINET finds it: by automatic detection, else by the script, else
/// ProxyFor. An empty text is direct. Fails where a script decides that cannot be fetched or run. Asks the
/// network where one of the two is set.
Answer<std::string> FindProxy(
    const MachineView& machine, const ProxySettings& settings, std::string_view host);
/// The same for plain HTTP.
Answer<std::string> FindProxyForHttp(
    const MachineView& machine, const ProxySettings& settings, std::string_view host);

/// The setting in one line for people: server, or address of the script; empty: none. A login in it is left
/// out.
std::string DescribeProxy(const ProxySettings& settings);

} // namespace mars
