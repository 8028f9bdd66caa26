// SPDX-License-Identifier: MIT
#include "registry_key.h"

#include "error.h"
#include "questions/registry.h"
#include "registry.h"
#include "text.h"
#include "wide.h"

#include <array>

namespace mars
{

Answer<RegistryPlace> FindRegistryPlace(const std::string& key)
{
    const std::array<std::pair<std::string_view, HKEY>, 3> roots{
        {{"HKLM", HKEY_LOCAL_MACHINE}, {"HKU", HKEY_USERS}, {"HKCU", HKEY_CURRENT_USER}}};
    const std::size_t end = std::min(key.find('\\'), key.size());
    for (const auto& [name, root] : roots)
    {
        if (EqualsIgnoreCase(std::string_view(key).substr(0, end), name))
        {
            return RegistryPlace{root, Wide(std::string_view(key).substr(std::min(end + 1, key.size())))};
        }
    }
    return FailureFrom(ERROR_INVALID_PARAMETER, "registry root", key);
}

REGSAM ViewFlag(RegistryView view)
{
    return view == RegistryView::k64 ? KEY_WOW64_64KEY : KEY_WOW64_32KEY;
}

Answer<UniqueKey> OpenRegistryKey(const std::string& key, RegistryView view, REGSAM access)
{
    const Answer<RegistryPlace> place = FindRegistryPlace(key);
    if (!place)
    {
        return place.Error();
    }
    UniqueKey opened;
    const LSTATUS error =
        RegOpenKeyExW(place->root, place->subKey.c_str(), 0, access | ViewFlag(view), opened.Receive());
    if (error != ERROR_SUCCESS)
    {
        return AbsentOrFailure<UniqueKey>(static_cast<std::uint32_t>(error), "RegOpenKeyEx", key);
    }
    return opened;
}

namespace
{

std::optional<RegistryValue> RegistryValueAt(const std::string& key, const std::string& name)
{
    Answer<RegistryValue> value = AskWindows(ReadRegistryValue{{key, name}}, {}, {});
    return value ? std::optional(std::move(*value)) : std::nullopt;
}

} // namespace

std::optional<std::string> RegistryText(const std::string& key, const std::string& name)
{
    const std::optional<RegistryValue> value = RegistryValueAt(key, name);
    return value ? value->AsString() : std::nullopt;
}

std::optional<std::uint32_t> RegistryNumber(const std::string& key, const std::string& name)
{
    const std::optional<RegistryValue> value = RegistryValueAt(key, name);
    return value ? value->AsDword() : std::nullopt;
}

} // namespace mars
