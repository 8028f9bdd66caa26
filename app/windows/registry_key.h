// SPDX-License-Identifier: MIT
#pragma once

#include "answer.h"
#include "handle.h"
#include "questions/registry.h"

#include <string>

namespace mars
{

/// "HKLM\SOFTWARE\X" taken apart.
struct RegistryPlace
{
    HKEY root = nullptr;
    std::wstring subKey;
};

/// Fails with 87 (ERROR_INVALID_PARAMETER) when the key begins with none of HKLM, HKU and HKCU.
Answer<RegistryPlace> FindRegistryPlace(const std::string& key);

/// KEY_WOW64_64KEY or KEY_WOW64_32KEY, to be added to the wanted access.
REGSAM ViewFlag(RegistryView view);

/// Absent: no such key.
Answer<UniqueKey> OpenRegistryKey(const std::string& key, RegistryView view, REGSAM access);

/// Shorter reading for this folder's own needs, from the 64-bit view; nothing when the value is not there,
/// cannot be read, or has another type.
std::optional<std::string> RegistryText(const std::string& key, const std::string& name);
std::optional<std::uint32_t> RegistryNumber(const std::string& key, const std::string& name);

} // namespace mars
