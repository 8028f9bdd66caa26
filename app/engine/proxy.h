// SPDX-License-Identifier: MIT
#pragma once

#include "questions.h"

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

/// The setting in one line for people: server, or address of the script; empty: none. A login in it is left
/// out.
std::string DescribeProxy(const ProxySettings& settings);

} // namespace mars
