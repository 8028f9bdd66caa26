// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"
#include "questions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mars
{

/// What a registry value says about the proxy, where it is one that WinINET stores as bytes: a person has to
/// see what a repair would make SYSTEM use. Logins are left out. Nothing for any other value.
std::optional<std::vector<Finding>> DescribeConnection(
    std::string_view valueName, const RegistryValue& value);

/// The same in one line without a language: "proxy a:8080; bypass <local>".
std::string ConnectionLine(const std::vector<Finding>& connection);

} // namespace mars
