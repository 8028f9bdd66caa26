// SPDX-License-Identifier: MIT
#pragma once

#include "questions/proxy.h"

#include <optional>
#include <string_view>

/// WinINET's "DefaultConnectionSettings" and "SavedLegacySettings" below
/// "Internet Settings\Connections": a version, a counter that grows with each change, flags, then proxy,
/// exceptions and script, each as a length and so many bytes, then bytes without a known meaning. Windows
/// documents only what they say (INTERNET_PER_CONN_OPTION of wininet.h), not how they are stored.
namespace mars
{

bool HoldsConnectionSettings(std::string_view valueName);

/// A server that is stored but not in use is in it, with `enabled` false; of a script that is not in use
/// nothing is. Nothing: the bytes end before the settings do.
std::optional<ProxySettings> ParseConnectionSettings(const Bytes& bytes);

} // namespace mars
