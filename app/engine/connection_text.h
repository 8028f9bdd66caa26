// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"
#include "questions/proxy.h"
#include "questions/registry.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// A configuration script decides, and not the servers named beside it.
bool UsesScript(const ProxySettings& settings);

/// The setting in one line for people: server, or address of the script; empty: none. A login in it is left
/// out.
std::string DescribeProxy(const ProxySettings& settings);

/// What a registry value says about the proxy, where it is one that WinINET stores as bytes: a person has to
/// see what a repair would make SYSTEM use. Logins are left out. Nothing for any other value.
std::optional<std::vector<Finding>> DescribeConnection(
    std::string_view valueName, const RegistryValue& value);

/// The same in one line without a language: "proxy a:8080; bypass <local>".
std::string ConnectionLine(const std::vector<Finding>& connection);

} // namespace mars
