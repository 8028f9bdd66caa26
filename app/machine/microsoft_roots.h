// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace mars
{

/// SHA-1 thumbprints of the roots that Microsoft signs its programs under: the Microsoft Root Certificate
/// Authority (2001), that of 2010 and that of 2011. The same on every Windows, so recordings keep them.
inline constexpr std::array<std::string_view, 3> kMicrosoftRoots{"cdd4eeae6000ac7f40c3802c171e30148030c072",
    "3b1efd3a66ea28b16697394703a72ca340a05bd5", "8f43288ad272f3103b6fb1428485ea3014c0bcfe"};

/// Whether the thumbprint is one of them, whatever the case of its letters.
bool IsMicrosoftRoot(std::string_view thumbprint);

} // namespace mars
