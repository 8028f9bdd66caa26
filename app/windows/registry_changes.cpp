// SPDX-License-Identifier: MIT
#include "windows_changer.h"

#include "error.h"
#include "questions/registry.h"
#include "registry_key.h"
#include "wide.h"

namespace mars
{

namespace
{

Failure RegistryFailure(LSTATUS error, std::string_view tried, const std::string& key)
{
    return FailureFrom(static_cast<std::uint32_t>(error), tried, key);
}

/// "HKLM\A", "HKLM\A\B", ... down to the key itself.
std::vector<std::string> KeysDownTo(const std::string& key)
{
    std::vector<std::string> keys;
    for (std::size_t end = key.find('\\'); end != std::string::npos;)
    {
        end = key.find('\\', end + 1);
        keys.push_back(key.substr(0, end));
    }
    return keys;
}

/// How many of the keys are there, from the outermost. One that may not be opened is there.
std::size_t CountPresent(const std::vector<std::string>& keys, RegistryView view)
{
    std::size_t count = keys.size();
    while (count > 0 && OpenRegistryKey(keys[count - 1], view, KEY_QUERY_VALUE).IsAbsent())
    {
        --count;
    }
    return count;
}

/// Creates what is missing, one key at a time, so that each one can be taken back.
Status CreateMissing(
    const std::vector<std::string>& keys, RegistryView view, std::vector<std::string>& created)
{
    for (std::size_t i = CountPresent(keys, view); i < keys.size(); ++i)
    {
        const Answer<RegistryPlace> place = FindRegistryPlace(keys[i]);
        if (!place)
        {
            return place.Error();
        }
        UniqueKey key;
        DWORD disposition = 0;
        const LSTATUS error = RegCreateKeyExW(place->root, place->subKey.c_str(), 0, nullptr,
            REG_OPTION_NON_VOLATILE, KEY_QUERY_VALUE | ViewFlag(view), nullptr, key.Receive(), &disposition);
        if (error != ERROR_SUCCESS)
        {
            return RegistryFailure(error, "RegCreateKeyEx", keys[i]);
        }
        if (disposition == REG_CREATED_NEW_KEY)
        {
            created.push_back(keys[i]);
        }
    }
    return Status::Done();
}

Status SetValue(const RegistryPath& path, const RegistryValue& value)
{
    const Answer<UniqueKey> key = OpenRegistryKey(path.key, path.view, KEY_SET_VALUE);
    if (!key)
    {
        return key.HasFailed() ? key.Error()
                               : RegistryFailure(ERROR_FILE_NOT_FOUND, "RegOpenKeyEx", path.key);
    }
    const LSTATUS error = RegSetValueExW(key->Get(), Wide(path.name).c_str(), 0, value.type,
        value.bytes.data(), static_cast<DWORD>(value.bytes.size()));
    return error == ERROR_SUCCESS ? Status::Done()
                                  : RegistryFailure(error, "RegSetValueEx", JoinPath(path.key, path.name));
}

Status DeleteValue(const RegistryPath& path)
{
    const Answer<UniqueKey> key = OpenRegistryKey(path.key, path.view, KEY_SET_VALUE);
    if (!key)
    {
        return key.HasFailed() ? Status(key.Error()) : Status::Done();
    }
    const LSTATUS error = RegDeleteValueW(key->Get(), Wide(path.name).c_str());
    return error == ERROR_SUCCESS || error == ERROR_FILE_NOT_FOUND
        ? Status::Done()
        : RegistryFailure(error, "RegDeleteValue", JoinPath(path.key, path.name));
}

} // namespace

Status WindowsChanger::WriteRegistryValue(const RegistryPath& path, const std::optional<RegistryValue>& value,
    std::vector<std::string>& createdKeys)
{
    createdKeys.clear();
    if (!value)
    {
        return DeleteValue(path);
    }
    Status status = CreateMissing(KeysDownTo(path.key), path.view, createdKeys);
    if (status)
    {
        status = SetValue(path, *value);
    }
    if (!status)
    {
        for (; !createdKeys.empty(); createdKeys.pop_back())
        {
            (void)RemoveEmptyRegistryKey(createdKeys.back(), path.view);
        }
    }
    return status;
}

Status WindowsChanger::RemoveEmptyRegistryKey(const std::string& key, RegistryView view)
{
    const Answer<UniqueKey> opened = OpenRegistryKey(key, view, KEY_QUERY_VALUE);
    if (!opened)
    {
        return opened.HasFailed() ? Status(opened.Error()) : Status::Done();
    }
    // RegDeleteKeyEx refuses a key that has sub-keys, but not one that has values.
    DWORD keys = 0;
    DWORD values = 0;
    LSTATUS error = RegQueryInfoKeyW(opened->Get(), nullptr, nullptr, nullptr, &keys, nullptr, nullptr,
        &values, nullptr, nullptr, nullptr, nullptr);
    if (error != ERROR_SUCCESS)
    {
        return RegistryFailure(error, "RegQueryInfoKey", key);
    }
    if (keys != 0 || values != 0)
    {
        return RegistryFailure(ERROR_DIR_NOT_EMPTY, "RegDeleteKeyEx", key);
    }
    const Answer<RegistryPlace> place = FindRegistryPlace(key);
    if (!place || place->subKey.empty())
    {
        return RegistryFailure(ERROR_INVALID_PARAMETER, "RegDeleteKeyEx", key);
    }
    error = RegDeleteKeyExW(place->root, place->subKey.c_str(), ViewFlag(view), 0);
    return error == ERROR_SUCCESS || error == ERROR_FILE_NOT_FOUND
        ? Status::Done()
        : RegistryFailure(error, "RegDeleteKeyEx", key);
}

} // namespace mars
